/**
 * The library is ESM only, and has some nine hundred modules: linking them holds the event loop for about a second. Whoever
 * reads clusters does that while the server starts, not when the first reader waits.
 */
export function loadKubernetesLibrary() {
  return import('@kubernetes/client-node');
}
