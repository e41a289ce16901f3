const endNow = () => process.exit(0);
const signals = ['SIGTERM', 'SIGINT'] as const;

// Nothing has begun yet, so nothing is left behind.
signals.forEach(signal => process.once(signal, endNow));

/**
 * Leaves signals to Backstage, which listens from `start()` on and ends in order. Until then the process ends at once, with
 * exit code 0: the first process of a container gets no signal that it does not listen to
 * ({@link https://man7.org/linux/man-pages/man7/pid_namespaces.7.html | pid_namespaces(7)}), and would be waited for until it
 * is killed.
 */
export function stopEndingAtOnce(): void {
  signals.forEach(signal => process.removeListener(signal, endNow));
}
