import { listTrackedFiles } from './trackedFiles.mjs';

const SOURCE_FILE = /\.(ts|tsx|mts|js|cjs|mjs)$/;

const RULES = [
  {
    pattern: /eslint-disable(?:-next-line|-line)?\b(?![^\n]*\s--\s+\S)/,
    what: 'an ESLint exception without its reason ("-- because")',
  },
  { pattern: /@ts-(?:ignore|nocheck)\b/, what: 'a switched-off type check (use @ts-expect-error with the reason)' },
  { pattern: /\b(?:TODO|FIXME|XXX)\b(?!\(#\d+\))/, what: 'an open end without its issue, as in TODO(#12)' },
];

/**
 * Exceptions carry their reason, open ends their issue.
 *
 * @param {string} root
 * @returns {{ problems: string[] }}
 */
export function checkSourceComments(root) {
  const problems = [];
  for (const { path, read } of listTrackedFiles(root)) {
    if (!SOURCE_FILE.test(path) || /^(\.yarn|scripts\/checks|eslint)\//.test(path)) continue;
    read()
      .split('\n')
      .forEach((line, index) => {
        for (const { pattern, what } of RULES) {
          if (pattern.test(line)) problems.push(`${path}:${index + 1} has ${what}`);
        }
      });
  }
  return { problems };
}
