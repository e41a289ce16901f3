import { LauncherError } from '../errors.mjs';
import { summaryText } from '../testResults.mjs';
import { checkTypes, runChecks } from './checks.mjs';
import { runGroup, runPart } from './parts.mjs';
import { prepare } from './prepare.mjs';
import {
  runBenchmarks,
  runJourneys,
  runLauncherTests,
  runNightlyTests,
  runProductionTests,
  runUnitTests,
} from './suites.mjs';

/** The parts of `npm test`: one group after the other. The parts of the first use one processor each, and run at once. */
const GROUPS = [
  { tsc: checkTypes, lint: runChecks, launcher: runLauncherTests },
  { unit: runUnitTests },
  { e2e: runJourneys },
  { production: runProductionTests },
];
const PARTS = Object.assign({}, ...GROUPS);

/**
 * `npm test`: every part, whatever the others found.
 *
 * @param {import('./context.mjs').CommandContext} context
 * @returns {Promise<number>} exit code: 1 if anything failed
 * @throws {LauncherError} if the preparation failed
 */
export async function test(context) {
  const { only } = context.commandLine.options;
  if (only !== undefined && !(only in PARTS)) {
    throw new LauncherError('bad-usage', `There is no part "${only}".`, {
      hint: `One of: ${Object.keys(PARTS).join(', ')}`,
    });
  }
  const prepared = await prepare(context);
  const groups = only === undefined ? GROUPS : [{ [only]: PARTS[only] }];
  const results = [];
  for (const group of groups) results.push(...(await runGroup(prepared, group)));
  return report(prepared, results);
}

function report(context, results) {
  process.stdout.write(`\n${summaryText(results, context.steps.timings)}`);
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}

/** A command that is one part: `yarn lint`, `yarn e2e`... */
function singlePart(name, part) {
  return async context => {
    const prepared = await prepare(context);
    return report(prepared, await runPart(prepared, name, ready => part(ready, context.commandLine.rest)));
  };
}

export const tsc = singlePart('tsc', checkTypes);
export const lint = singlePart('lint', runChecks);
export const unit = singlePart('unit', runUnitTests);
export const e2e = singlePart('e2e', runJourneys);
export const bench = singlePart('bench', runBenchmarks);
export const nightly = singlePart('nightly', runNightlyTests);
