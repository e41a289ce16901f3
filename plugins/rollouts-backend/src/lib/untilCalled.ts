/**
 * Waits for a callback once: `subscribe` is given it and returns how to unsubscribe.
 *
 * @throws the signal's reason when it aborts first
 */
export async function untilCalled(subscribe: (done: () => void) => () => void, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let release = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      const unsubscribe = subscribe(resolve);
      release = () => {
        signal.removeEventListener('abort', abort);
        unsubscribe();
      };
    });
  } finally {
    release();
  }
}
