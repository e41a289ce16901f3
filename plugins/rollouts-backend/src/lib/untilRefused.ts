/** How often it is asked again. */
export interface UntilRefusedOptions {
  /** When the credentials expire, where that is known. */
  expiresAt: Date | undefined;
  /** Between two checks, in milliseconds. Default: 60,000. */
  intervalMs?: number;
}

/** A signal that aborts when a check that passed fails, or the credentials expire; dispose it when it is done with. */
export function untilRefused(
  check: () => Promise<void>,
  options: UntilRefusedOptions,
): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const { expiresAt, intervalMs = 60_000 } = options;
  const timer = setInterval(() => {
    if (expiresAt && expiresAt.getTime() <= Date.now()) controller.abort();
    else check().catch(refusal => controller.abort(refusal));
  }, intervalMs);
  timer.unref();
  return { signal: controller.signal, [Symbol.dispose]: () => clearInterval(timer) };
}
