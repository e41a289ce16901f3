/** Preloaded into children of the launcher: ends the child when the launcher is gone, even if it was killed. */
const { isMainThread } = require('node:worker_threads');

/** The outputs are gone with the launcher, so an end in good order may fail: then the process ends anyway. */
const GRACE_MS = Number(process.env.LEITSTAND_GUARD_GRACE_MS ?? 5_000);

function endProcess() {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), GRACE_MS).unref();
}

if (isMainThread) {
  process.stdin.once('end', endProcess);
  process.stdin.once('error', endProcess);
  process.stdin.resume();
  process.stdin.unref?.();
}
