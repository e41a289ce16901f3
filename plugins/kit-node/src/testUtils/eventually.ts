/** Waits until the check holds, looking every few milliseconds. @throws after a minute, with the last value seen */
export async function eventually<TValue>(
  read: () => TValue | Promise<TValue>,
  holds: (value: TValue) => boolean,
  timeoutMs = 60_000,
): Promise<TValue> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > until) throw new Error(`Still not so after ${timeoutMs} ms: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
