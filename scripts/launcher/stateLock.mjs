/** One Leitstand per state folder: two of them would write the same databases. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LauncherError } from './errors.mjs';

/**
 * @param {string} file beside the state, so that clearing the state does not clear it
 * @returns {Promise<() => Promise<void>>} gives the lock back
 * @throws {LauncherError} `already-running`
 */
export async function lockState(file) {
  await mkdir(dirname(file), { recursive: true });
  const holder = Number(await readFile(file, 'utf8').catch(() => 0));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new LauncherError('already-running', `A Leitstand of this folder is running already (process ${holder}).`, {
      hint: `Use that one, or end it with Ctrl-C in its terminal. If process ${holder} is something else, delete ${file}.`,
    });
  }
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
}

/** Whether there is such a process. @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
