import { listWorkspaces } from '../launcher/workspaces.mjs';
import { listTrackedFiles } from './trackedFiles.mjs';

/** A test and its hooks have at least this long: the default of every package, in the root's package.json. */
export const TEST_LIMIT_MS = 300_000;

/** What a page is given to show an element. */
export const ELEMENT_LIMIT_MS = 30_000;

const BROWSER_ROLES = ['frontend', 'frontend-plugin', 'frontend-plugin-module', 'web-library'];
const TEST_FILE = /\.test\.tsx?$/;

const LIMITS = [
  { pattern: /\bjest\.setTimeout\(([\d_]+)\)/g, least: TEST_LIMIT_MS, what: 'gives its tests' },
  { pattern: /^[ \t]*\},\s+(\d[\d_]{3,}),?\s*\);$/gm, least: TEST_LIMIT_MS, what: 'gives a test or hook' },
  { pattern: /\b(?:find(?:All)?By\w+|waitFor\w*)\(.*\btimeout: ([\d_]+)/g, least: ELEMENT_LIMIT_MS, what: 'waits' },
];

/**
 * No test is shorter of time than the others: what takes a second alone takes many while other tests use the machine.
 *
 * @param {string} root
 * @returns {Promise<{ problems: string[] }>}
 */
export async function checkTestPatience(root) {
  const files = listTrackedFiles(root);
  const problems = files.filter(({ path }) => TEST_FILE.test(path)).flatMap(shortLimits);
  const { jest } = JSON.parse(files.find(({ path }) => path === 'package.json').read());
  if (!(jest?.testTimeout >= TEST_LIMIT_MS)) {
    problems.push(`package.json: jest.testTimeout is less than ${TEST_LIMIT_MS} ms`);
  }
  for (const { location, manifest } of await listWorkspaces(root)) {
    const isTested = files.some(({ path }) => path.startsWith(`${location}/`) && TEST_FILE.test(path));
    if (!isTested || !BROWSER_ROLES.includes(manifest.backstage?.role)) continue;
    const setup = files.find(({ path }) => path === `${location}/src/setupTests.ts`)?.read() ?? '';
    const limitMs = toNumber(/configure\(\{ asyncUtilTimeout: ([\d_]+) \}\)/.exec(setup)?.[1]);
    if (!(limitMs >= ELEMENT_LIMIT_MS)) {
      problems.push(`${location}/src/setupTests.ts does not set asyncUtilTimeout to ${ELEMENT_LIMIT_MS} ms or more`);
    }
  }
  return { problems };
}

function shortLimits({ path, read }) {
  const text = read();
  return LIMITS.flatMap(({ pattern, least, what }) =>
    [...text.matchAll(pattern)]
      .filter(([, limit]) => toNumber(limit) < least)
      .map(({ 1: limit, index }) => {
        const line = text.slice(0, index).split('\n').length;
        return `${path}:${line} ${what} ${limit} ms, less than ${least}: leave it to the default`;
      }),
  );
}

function toNumber(literal) {
  return Number(literal?.replaceAll('_', ''));
}
