import { formatBytes } from './formatBytes';
import { formatDuration } from './formatDuration';

describe('formatDuration', () => {
  it.each([
    [-5, '0s'],
    [0, '0s'],
    [450, '450ms'],
    [999.9, '999ms'],
    [1_000, '1s'],
    [59_999, '59s'],
    [200_000, '3m 20s'],
    [3_600_000, '1h'],
    [3_659_000, '1h'],
    [100_000_000, '1d 3h'],
    [864_000_000, '10d'],
  ])('%d ms is %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  it('speaks the language of the reader', () => {
    expect(formatDuration(200_000, 'de')).toBe('3 Min. 20 Sek.');
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1_572_864, '1.5 MiB'],
    [5 * 1024 ** 4, '5 TiB'],
    [-2048, '-2 KiB'],
  ])('%d bytes are %s', (sizeBytes, text) => {
    expect(formatBytes(sizeBytes)).toBe(text);
  });

  it('speaks the language of the reader', () => {
    expect(formatBytes(1_572_864, 'de')).toBe('1,5 MiB');
  });
});
