import { backoffMs } from './backoff';

const options = { baseMs: 250, capMs: 30_000 };

describe('backoffMs', () => {
  it('doubles up to the cap', () => {
    const longest = [1, 2, 3, 4, 8, 50].map(count => backoffMs(count, { ...options, random: () => 1 }));
    expect(longest).toEqual([250, 500, 1_000, 2_000, 30_000, 30_000]);
  });

  it('spreads over the upper half', () => {
    expect(backoffMs(2, { ...options, random: () => 0 })).toBe(250);
    expect(backoffMs(2, { ...options, random: () => 0.5 })).toBe(375);
  });
});
