/** What the parts of a test run found, in one shape, and how it is told. */
import { relative, sep } from 'node:path';
import { formatSeconds } from './steps.mjs';

/** How many of the slowest test files are listed. */
const SLOWEST_COUNT = 10;

/**
 * @typedef {object} PartResult
 * @property {string} part for example "unit"
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} messages what failed, ready to print
 * @property {{ file: string, durationMs: number }[]} files duration of each test file
 * @property {string[]} passedNames full names of the tests that passed
 */

/**
 * A check is one thing that passes or fails.
 *
 * @param {string} part
 * @param {string} [failure] what is wrong; absent if it passed
 * @returns {PartResult}
 */
export function checkResult(part, failure) {
  const hasFailed = failure !== undefined;
  return {
    part,
    passed: hasFailed ? 0 : 1,
    failed: hasFailed ? 1 : 0,
    messages: hasFailed ? [failure] : [],
    files: [],
    passedNames: [],
  };
}

/**
 * Reads Jest's `--json` output. A file that could not be run at all counts as one failure.
 *
 * @param {string} part
 * @param {object} report
 * @param {string} root file names are given relative to it
 * @returns {PartResult}
 * @see https://jestjs.io/docs/configuration#testresultsprocessor-string
 */
export function jestResult(part, report, root) {
  const failedFiles = report.testResults.filter(({ status }) => status === 'failed');
  const brokenFiles = failedFiles.filter(({ assertionResults }) =>
    assertionResults.every(({ status }) => status !== 'failed'),
  );
  return {
    part,
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    messages: failedFiles.map(({ name, message }) => `${shortName(name, root)}\n${message}`),
    files: report.testResults.map(({ name, startTime, endTime }) => ({
      file: shortName(name, root),
      durationMs: endTime - startTime,
    })),
    passedNames: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName),
    ),
  };
}

function shortName(file, root) {
  return relative(root, file).split(sep).join('/');
}

/**
 * Reads the summary that `node --test --test-reporter=tap` ends with.
 *
 * @param {string} part
 * @param {string} output
 * @returns {PartResult}
 */
export function tapResult(part, output) {
  const count = name => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  if (!/^# pass \d+$/m.test(output)) return checkResult(part, `No result:\n${output}`);
  const failed = count('fail') + count('cancelled');
  const messages = [...output.matchAll(/^( *)not ok \d+ - (.*)$/gm)].map(([, , name]) => name);
  return { part, passed: count('pass'), failed, messages, files: [], passedNames: [] };
}

/**
 * The end of a test run.
 *
 * @param {PartResult[]} results
 * @param {import('./steps.mjs').Timing[]} timings of the steps, of which some ran at the same time
 * @returns {string} several lines; the last one is exactly "N passed, N failed"
 */
export function summaryText(results, timings) {
  const lines = [];
  for (const { part, messages } of results) {
    for (const message of messages) lines.push(`✗ ${part}: ${message.trimEnd()}`, '');
  }
  const files = results.flatMap(result => result.files).sort((a, b) => b.durationMs - a.durationMs);
  if (files.length > 0) {
    lines.push('Slowest test files');
    for (const { file, durationMs } of files.slice(0, SLOWEST_COUNT)) {
      lines.push(`  ${formatSeconds(durationMs).padStart(8)}  ${file}`);
    }
    lines.push('');
  }
  const ends = timings.map(({ startMs, durationMs }) => startMs + durationMs);
  const totalMs = timings.length > 0 ? Math.max(...ends) - Math.min(...timings.map(({ startMs }) => startMs)) : 0;
  lines.push(`Steps took ${formatSeconds(totalMs)} in total`);
  for (const { part, passed, failed } of results) lines.push(`  ${part}: ${passed} passed, ${failed} failed`);
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  lines.push(`${sum('passed')} passed, ${sum('failed')} failed`);
  return `${lines.join('\n')}\n`;
}
