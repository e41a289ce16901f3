import { backoffMs, delay } from './backoff';

describe('backoffMs', () => {
  it('doubles up to half a minute, less up to a half by chance', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map(attempt => backoffMs(attempt, 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(backoffMs(1, 1)).toBe(1_000);
  });
});

describe('delay', () => {
  it('waits, and leaves nothing behind when it is woken', async () => {
    const controller = new AbortController();
    const waiting = delay(60_000, controller.signal);
    controller.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(delay(60_000, controller.signal)).resolves.toBeUndefined();
    await expect(delay(1, new AbortController().signal)).resolves.toBeUndefined();
  });
});
