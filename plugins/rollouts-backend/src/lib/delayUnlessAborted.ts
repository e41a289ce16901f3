import { untilCalled } from './untilCalled';

/** Waits; rejects with the signal's reason when it aborts. */
export function delayUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  return untilCalled(done => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  }, signal);
}
