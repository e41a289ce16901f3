import { LauncherError } from '../errors.mjs';
import { checkResult, summaryText } from '../testResults.mjs';
import { checkTypes, runChecks } from './checks.mjs';
import { prepare } from './prepare.mjs';
import {
  runBenchmarks,
  runJourneys,
  runLauncherTests,
  runNightlyTests,
  runProductionTests,
  runUnitTests,
} from './suites.mjs';

/** The parts of `npm test`, in order. */
const PARTS = {
  tsc: checkTypes,
  lint: runChecks,
  launcher: runLauncherTests,
  unit: runUnitTests,
  e2e: runJourneys,
  production: runProductionTests,
};

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
  return runParts(context, only === undefined ? Object.keys(PARTS) : [only]);
}

async function runParts(context, names) {
  const prepared = await prepare(context);
  const results = [];
  for (const name of names) results.push(...(await runPart(prepared, name, PARTS[name])));
  return report(prepared, results);
}

/** A part that cannot be run is one failure; an interruption ends the run. */
async function runPart(context, name, part) {
  try {
    return [await part(context)].flat();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof LauncherError)) throw error;
    const details = [error.message, ...error.logTail, error.logFile && `Whole log: ${error.logFile}`, error.hint];
    return [checkResult(name, details.filter(Boolean).join('\n'))];
  }
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
