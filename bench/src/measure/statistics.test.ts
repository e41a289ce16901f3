import { summarize } from './statistics';

describe('summarize', () => {
  it('takes the nearest rank, whatever the order', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(summarize(samples)).toEqual({ n: 100, p50Ms: 50, p95Ms: 95 });
    expect(summarize([7])).toEqual({ n: 1, p50Ms: 7, p95Ms: 7 });
  });

  it('refuses an empty series', () => {
    expect(() => summarize([])).toThrow('no percentiles');
  });
});
