import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE_DIRECTORY, ROOT } from '../paths.mjs';
import { checkResult } from '../testResults.mjs';
import { checkFileSizes } from '../../checks/fileSizes.mjs';
import { checkHomelabShare } from '../../checks/homelabShare.mjs';
import { checkPackageArrows } from '../../checks/packageArrows.mjs';
import { checkSourceComments } from '../../checks/sourceComments.mjs';
import { checkTestPatience } from '../../checks/testPatience.mjs';
import { checkTrackedText } from '../../checks/trackedText.mjs';
import { runTool } from './prepare.mjs';

/** Programs whose exit code is the verdict. */
const TOOL_CHECKS = [
  {
    title: 'eslint',
    tool: 'eslint',
    arguments: [
      '--max-warnings=0',
      '--report-unused-disable-directives',
      '--no-error-on-unmatched-pattern',
      '--ext=.ts,.tsx,.js,.cjs,.mjs',
      'packages',
      'plugins',
      'homelab',
      'contract',
      'e2e',
      'bench',
      'scripts',
      'eslint',
    ],
  },
  {
    title: 'prettier',
    tool: 'prettier',
    arguments: ['--check', '--log-level=warn', '--cache', `--cache-location=${join(CACHE_DIRECTORY, 'prettier')}`, '.'],
  },
  { title: 'unused code', tool: 'knip', arguments: ['--no-progress', '--treat-config-hints-as-errors'] },
  { title: 'package metadata', tool: 'backstage-cli', arguments: ['repo', 'fix', '--check', '--publish'] },
  {
    title: 'configuration schema',
    tool: 'backstage-cli',
    arguments: [
      'config:check',
      '--strict',
      '--lax',
      '--config',
      'app-config.yaml',
      '--config',
      'app-config.homelab.yaml',
    ],
  },
];

/** Checks of our own: each returns what to say, and throws no error but reports one. */
const OWN_CHECKS = [
  { title: 'file sizes', check: checkFileSizes },
  { title: 'homelab share', check: checkHomelabShare },
  { title: 'package arrows', check: checkPackageArrows },
  { title: 'source comments', check: checkSourceComments },
  { title: 'test patience', check: checkTestPatience },
  { title: 'tracked text', check: checkTrackedText },
];

/**
 * Runs every check, whatever the others found.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @returns {Promise<import('../testResults.mjs').PartResult[]>}
 */
export async function runChecks(context) {
  const results = [];
  for (const { title, tool, arguments: args } of TOOL_CHECKS) {
    results.push(await toolCheck(context, { title, tool, arguments: args }));
  }
  for (const { title, check } of OWN_CHECKS) {
    const { note, problems } = await context.steps.run(title, () => check(ROOT));
    if (note) context.steps.say(`    ${note}`);
    results.push(checkResult(title, problems.length > 0 ? problems.join('\n') : undefined));
  }
  return results;
}

/**
 * @param {import('./prepare.mjs').PreparedContext} context
 * @returns {Promise<import('../testResults.mjs').PartResult>}
 */
export function checkTypes(context) {
  return toolCheck(context, {
    title: 'types',
    tool: 'tsc',
    arguments: [
      '--noEmit',
      '--pretty',
      'false',
      '-p',
      '.',
      '--incremental',
      '--tsBuildInfoFile',
      join(CACHE_DIRECTORY, 'types.tsbuildinfo'),
    ],
  });
}

async function toolCheck(context, { title, tool, arguments: args }) {
  const { code, logFile } = await context.steps.run(title, () =>
    runTool(context, tool, { title, arguments: args, acceptCodes: [0, 1, 2] }),
  );
  return checkResult(title, code === 0 ? undefined : await readFile(logFile, 'utf8'));
}
