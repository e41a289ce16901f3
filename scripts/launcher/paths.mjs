/** Where the launcher finds and leaves things. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Ignored folder for everything that runs leave behind. */
const WORK_DIRECTORY = join(ROOT, '.leitstand');

/** One log per step. */
export const LOG_DIRECTORY = join(WORK_DIRECTORY, 'logs');

/** Databases and the homelab's state; cleared by `npm start -- --reset`. */
export const STATE_DIRECTORY = join(WORK_DIRECTORY, 'state');

/** Held by the process that uses the state. */
export const STATE_LOCK_FILE = join(WORK_DIRECTORY, 'running');

/** Stamps and compiled code; safe to delete at any time. */
export const CACHE_DIRECTORY = join(WORK_DIRECTORY, 'cache');

/** Tools brought by the launcher. */
export const TOOLS_DIRECTORY = join(ROOT, '.tools');

/** The committed package manager. */
export const YARN_FILE = join(ROOT, '.yarn', 'releases', 'yarn-4.18.1.cjs');
