/** Waits until the check holds, looking every few milliseconds. @throws after fifteen seconds, with the last value seen */
export async function eventually<TValue>(
  read: () => TValue | Promise<TValue>,
  holds: (value: TValue) => boolean,
): Promise<TValue> {
  const until = Date.now() + 15_000;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > until) throw new Error(`Still not so after 15 s: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
