/** One hash for the content of many files: what is unchanged need not be built again. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const SKIPPED_DIRECTORIES = new Set(['node_modules', 'dist', 'dist-types', 'coverage', '.cache']);

/**
 * @param {string} directory
 * @returns {AsyncGenerator<string>} every file below it; folders that builds leave behind are skipped
 */
export async function* walkFiles(directory) {
  const entries = await readdir(directory, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED_DIRECTORIES.has(entry.name)) yield* walkFiles(path);
    } else if (entry.isFile()) {
      yield path;
    }
  }
}

/**
 * Hash over names (relative to `root`) and contents; the order of `files` does not matter, absent files do.
 *
 * @param {string} root
 * @param {string[]} files absolute paths
 * @param {string[]} [extras] further facts that matter, for example a version
 * @returns {Promise<string>} 64 hexadecimal digits
 */
export async function hashFiles(root, files, extras = []) {
  const hash = createHash('sha256');
  for (const extra of extras) hash.update(`${extra}\0`);
  for (const file of [...files].sort()) {
    const content = await readFile(file).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    hash.update(`${relative(root, file).split(sep).join('/')}\0${content ? content.length : 'absent'}\0`);
    if (content) hash.update(content);
  }
  return hash.digest('hex');
}
