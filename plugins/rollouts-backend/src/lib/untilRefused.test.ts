import { untilRefused } from './untilRefused';

describe('untilRefused', () => {
  it.each([
    ['a check that fails', async () => Promise.reject(new Error('no more')), undefined],
    ['credentials that expire', async () => {}, new Date()],
  ])('ends with %s', async (_, check, expiresAt) => {
    using right = untilRefused(check, { expiresAt, intervalMs: 1 });
    expect(right.signal.aborted).toBe(false);
    await new Promise(resolve => right.signal.addEventListener('abort', resolve));
  });

  it('asks no more once it is disposed', async () => {
    let count = 0;
    const right = untilRefused(async () => void (count += 1), { expiresAt: undefined, intervalMs: 1 });
    right[Symbol.dispose]();
    await new Promise(resolve => setTimeout(resolve, 10));
    expect([count, right.signal.aborted]).toEqual([0, false]);
  });
});
