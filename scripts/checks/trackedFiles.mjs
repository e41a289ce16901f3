import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files that Git would commit, links left out, read only when asked for.
 *
 * @param {string} root
 * @returns {{ path: string, read: () => string }[]} `path` is relative to the root
 */
export function listTrackedFiles(root) {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split('\0'))]
    .filter(path => path !== '' && lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile())
    .map(path => ({ path, read: () => readFileSync(join(root, path), 'utf8') }));
}

/**
 * @param {string} text
 * @returns {number} lines, an unfinished last one included
 */
export function countLines(text) {
  const newlines = text.split('\n').length - 1;
  return text === '' || text.endsWith('\n') ? newlines : newlines + 1;
}
