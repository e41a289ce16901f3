/** For tests only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/**
 * @returns {string} a new folder that is removed after the tests of the file
 */
export function temporaryDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'leitstand-launcher-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
