import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lockState } from './stateLock.mjs';
import { temporaryDirectory } from './temporaryDirectory.mjs';

const directory = temporaryDirectory();

describe('lockState', () => {
  it('is refused while another process holds it', async () => {
    const file = join(directory, 'held');
    writeFileSync(file, String(process.ppid));
    await assert.rejects(lockState(file), { code: 'already-running', hint: new RegExp(String(process.ppid)) });
  });

  it('takes over from a process that is gone, and is given back', async () => {
    const file = join(directory, 'new', 'stale');
    const release = await lockState(file);
    assert.ok(existsSync(file));
    await release();
    assert.equal(existsSync(file), false);
    writeFileSync(file, '4194305'); // above the largest process ID
    await (
      await lockState(file)
    )();
  });
});
