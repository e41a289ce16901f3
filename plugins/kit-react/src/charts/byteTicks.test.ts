import { formatBytes } from '../units';
import { byteTicks } from './byteTicks';

describe('byteTicks', () => {
  it.each([
    [0, ['0 B', '1 B']],
    [3, ['0 B', '1 B', '2 B', '3 B']],
    [80_000_000, ['0 B', '32 MiB', '64 MiB', '96 MiB']],
    [140 * 1024 ** 2, ['0 B', '64 MiB', '128 MiB', '192 MiB']],
    [256 * 1024 ** 2, ['0 B', '64 MiB', '128 MiB', '192 MiB', '256 MiB']],
    [1000 * 1024 ** 3, ['0 B', '256 GiB', '512 GiB', '768 GiB', '1 TiB']],
  ])('up to %d bytes', (largestBytes, labels) => {
    expect(byteTicks(largestBytes).map(tick => formatBytes(tick))).toEqual(labels);
  });
});
