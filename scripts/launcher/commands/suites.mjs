import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureAppBuilt } from '../build.mjs';
import { walkFiles } from '../contentHash.mjs';
import { LauncherError } from '../errors.mjs';
import { withNode } from '../node.mjs';
import { CACHE_DIRECTORY, LOG_DIRECTORY, ROOT } from '../paths.mjs';
import { POSTGRES_VARIABLE, startPostgres } from '../postgres.mjs';
import { lastLines, runToEnd } from '../processes.mjs';
import { checkResult, jestResult, tapResult } from '../testResults.mjs';
import { runTool } from './prepare.mjs';

/** Name that Backstage's `TestDatabases` gives to the database; tests carry it in their names. */
const POSTGRES_ID = 'POSTGRES_18';

/** Jest loads ES modules with dynamic import() only with this. */
const JEST_ENVIRONMENT = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings', NODE_ENV: 'test', TZ: 'UTC' };

/** Test files that have parts of their own. */
const OTHER_PARTS = '\\.(memory|production)\\.test\\.';

/**
 * Unit and integration tests of every package, on SQLite and PostgreSQL.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @param {string[]} [jestArguments]
 * @returns {Promise<import('../testResults.mjs').PartResult[]>}
 */
export async function runUnitTests(context, jestArguments = []) {
  const unit = await withPostgres(context, env =>
    runJest(context, {
      part: 'unit',
      arguments: ['repo', 'test', ...jestArguments, '--maxWorkers=3', `--testPathIgnorePatterns=${OTHER_PARTS}`],
      env,
    }),
  );
  return jestArguments.length > 0 ? [unit] : [unit, postgresResult(unit)];
}

/** Runs tests with a PostgreSQL that is thrown away afterwards; `env` tells them where it is. */
async function withPostgres(context, test) {
  const postgres = await context.steps.run('start PostgreSQL', () => startPostgres(context));
  try {
    return await test({ [POSTGRES_VARIABLE]: postgres.connectionString });
  } finally {
    await postgres.stop();
  }
}

/**
 * `TestDatabases` silently leaves PostgreSQL out when it is not there; the run must not.
 *
 * @param {import('../testResults.mjs').PartResult} unit
 * @returns {import('../testResults.mjs').PartResult}
 */
export function postgresResult(unit) {
  const hasRun = unit.passedNames.some(name => name.includes(POSTGRES_ID));
  return checkResult(
    'PostgreSQL',
    hasRun
      ? undefined
      : `No passed test has ${POSTGRES_ID} in its name: PostgreSQL was not among the databases tested.`,
  );
}

/**
 * Journeys in a real browser against the built app.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @param {string[]} [jestArguments]
 * @returns {Promise<import('../testResults.mjs').PartResult>}
 */
export async function runJourneys(context, jestArguments = []) {
  await ensureAppBuilt(context);
  return runJest(context, {
    part: 'e2e',
    cwd: join(ROOT, 'e2e'),
    arguments: ['package', 'test', ...jestArguments, '--maxWorkers=2'],
  });
}

/**
 * What is delivered, built and installed as an image does it: `*.production.test.ts`.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @returns {Promise<import('../testResults.mjs').PartResult[]>}
 */
export async function runProductionTests(context) {
  const production = await withPostgres(context, env =>
    runJest(context, {
      part: 'production',
      cwd: join(ROOT, 'packages', 'backend'),
      arguments: ['package', 'test', '--runInBand', '--testPathPatterns=\\.production\\.test\\.'],
      env,
    }),
  );
  return [production, postgresResult(production)];
}

/**
 * Benchmarks; what they print is shown.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @param {string[]} [jestArguments]
 * @returns {Promise<import('../testResults.mjs').PartResult>}
 */
export async function runBenchmarks(context, jestArguments = []) {
  await ensureAppBuilt(context);
  const result = await withPostgres(context, env =>
    runJest(context, {
      part: 'bench',
      cwd: join(ROOT, 'bench'),
      arguments: ['package', 'test', ...jestArguments, '--runInBand'],
      env,
    }),
  );
  context.steps.say(reportedFigures(await readFile(join(LOG_DIRECTORY, 'bench-tests.log'), 'utf8')));
  return result;
}

/**
 * @param {string} log of a benchmark run
 * @returns {string} what the benchmarks said, without Jest's own lines
 */
export function reportedFigures(log) {
  return log
    .split('\n')
    .filter(line => !/^(PASS|FAIL|Test Suites:|Tests:|Snapshots:|Time:|Ran all|Test results written)/.test(line))
    .join('\n')
    .trimEnd();
}

/**
 * Memory, load and fault tests: `*.memory.test.ts`.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @param {string[]} [jestArguments]
 * @returns {Promise<import('../testResults.mjs').PartResult>}
 */
export function runNightlyTests(context, jestArguments = []) {
  return withPostgres(context, env =>
    runJest(context, {
      part: 'nightly',
      arguments: ['repo', 'test', ...jestArguments, '--runInBand', '--testPathPatterns=\\.memory\\.test\\.'],
      env: { ...env, NODE_OPTIONS: `${JEST_ENVIRONMENT.NODE_OPTIONS} --expose-gc` },
    }),
  );
}

/** Arguments of the person go first: Jest takes words after a list option for more of the list. */
async function runJest(context, { part, cwd, arguments: args, env }) {
  const report = join(CACHE_DIRECTORY, `${part}-results.json`);
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
  return context.steps.run(`${part} tests`, async () => {
    const { logFile } = await runTool(context, 'backstage-cli', {
      title: `${part} tests`,
      arguments: [...args, '--ci', '--watchAll=false', '--passWithNoTests', '--json', `--outputFile=${report}`],
      cwd,
      env: { ...JEST_ENVIRONMENT, ...env },
      acceptCodes: [0, 1],
    });
    if (existsSync(report)) return jestResult(part, JSON.parse(await readFile(report, 'utf8')), ROOT);
    throw new LauncherError('step-failed', `Jest ended without a result (${part}).`, {
      logFile,
      logTail: lastLines(await readFile(logFile, 'utf8')),
    });
  });
}

/**
 * The tests of the launcher and of the checks, which run on Node.js alone.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @returns {Promise<import('../testResults.mjs').PartResult>}
 */
export async function runLauncherTests(context) {
  const files = [];
  for (const directory of ['scripts', 'eslint']) {
    for await (const file of walkFiles(join(ROOT, directory))) if (file.endsWith('.test.mjs')) files.push(file);
  }
  const logFile = join(LOG_DIRECTORY, 'launcher-tests.log');
  await context.steps.run('launcher tests', () =>
    runToEnd({
      title: 'launcher tests',
      command: context.node,
      arguments: ['--test', '--test-reporter=tap', ...files.sort()],
      cwd: ROOT,
      env: withNode(context.node),
      logFile,
      signal: context.signal,
      acceptCodes: [0, 1],
    }),
  );
  return tapResult('launcher', await readFile(logFile, 'utf8'));
}
