import { LauncherError } from '../errors.mjs';
import { checkResult } from '../testResults.mjs';

/**
 * @typedef {import('../testResults.mjs').PartResult} PartResult
 * @typedef {(context: import('./prepare.mjs').PreparedContext) => Promise<PartResult | PartResult[]>} Part
 */

/**
 * Runs parts of a test run, several of them at the same time.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @param {Record<string, Part>} group
 * @returns {Promise<PartResult[]>} in the order of the parts
 * @throws what a part throws, once all of them have ended
 */
export async function runGroup(context, group) {
  const parts = Object.entries(group);
  const steps = parts.length > 1 ? context.steps.besides() : context.steps;
  const runs = parts.map(([name, part]) => runPart({ ...context, steps }, name, part));
  const ended = await Promise.allSettled(runs);
  return ended.flatMap(({ status, value, reason }) => {
    if (status === 'rejected') throw reason;
    return value;
  });
}

/**
 * A part that cannot be run is one failure; an interruption ends the run.
 *
 * @param {import('./prepare.mjs').PreparedContext} context
 * @param {string} name
 * @param {Part} part
 * @returns {Promise<PartResult[]>}
 */
export async function runPart(context, name, part) {
  try {
    return [await part(context)].flat();
  } catch (error) {
    if (context.signal.aborted || !(error instanceof LauncherError)) throw error;
    const details = [error.message, ...error.logTail, error.logFile && `Whole log: ${error.logFile}`, error.hint];
    return [checkResult(name, details.filter(Boolean).join('\n'))];
  }
}
