/** Ctrl-C and its relatives as one AbortSignal. */
import { LauncherError } from './errors.mjs';

/** SIGHUP comes when the terminal goes away. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * The first signal aborts; the second one ends the launcher at once (its children end because their stdin closes).
 *
 * @returns {{ signal: AbortSignal, dispose: () => void }} the signal's reason is a LauncherError `interrupted`
 */
export function watchInterruption() {
  const controller = new AbortController();
  const onSignal = name => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(
      new LauncherError('interrupted', `Stopped by ${name}.`, { hint: 'Running the same command again is safe.' }),
    );
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose: () => SIGNALS.forEach(name => process.off(name, onSignal)),
  };
}
