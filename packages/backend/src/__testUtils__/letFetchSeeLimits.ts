import { getGlobalDispatcher, type Dispatcher } from 'undici';

/** Where `fetch` and undici find the dispatcher (undici, `lib/global.js`). */
const dispatcherKey = Symbol.for('undici.globalDispatcher.1');

/**
 * Hands what undici has as its global dispatcher to `fetch`. In a process they share it; in jest a test has globals of its own,
 * but the `fetch` of the process around it.
 */
export function letFetchSeeLimits(): Disposable {
  const processGlobals = fetch.constructor('return globalThis')() as Record<symbol, Dispatcher>;
  const before = processGlobals[dispatcherKey];
  processGlobals[dispatcherKey] = getGlobalDispatcher();
  return {
    [Symbol.dispose]() {
      processGlobals[dispatcherKey] = before;
    },
  };
}
