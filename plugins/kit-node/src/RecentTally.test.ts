import { readRecentFigures, recordCacheAnswer, recordUpstreamCall } from './metrics';
import { RecentTally } from './RecentTally';

describe('RecentTally', () => {
  it('sums by key, and forgets what is older than the window', () => {
    let now = 0;
    const tally = new RecentTally({ windowMs: 3_000, slotMs: 1_000, now: () => now });
    tally.add('a', { count: 1 });
    tally.add('a', { count: 1, other: 5 });
    now = 1_500;
    tally.add('b', { count: 1 });
    tally.add('a', { count: 1 });
    expect([...tally.read()]).toEqual([
      ['a', { count: 3, other: 5 }],
      ['b', { count: 1 }],
    ]);
    now = 3_500;
    expect([...tally.read()]).toEqual([
      ['b', { count: 1 }],
      ['a', { count: 1 }],
    ]);
    now = 60_000;
    expect([...tally.read()]).toEqual([]);
  });
});

it('what metrics measure is summed by system and by cache; a call that was given up counts as neither', () => {
  const call = { system: 'kubernetes', connection: 'k3s', operation: 'list pods' };
  recordUpstreamCall({ ...call, result: 'ok', seconds: 0.1 });
  recordUpstreamCall({ ...call, operation: 'get pods', result: 'UPSTREAM_TIMEOUT', seconds: 0.3 });
  recordUpstreamCall({ ...call, result: 'aborted', seconds: 60 });
  recordCacheAnswer('bigquery', 'hit');
  recordCacheAnswer('bigquery', 'hit');
  recordCacheAnswer('bigquery', 'stale');
  expect(readRecentFigures()).toEqual({
    windowMs: 600_000,
    calls: [{ system: 'kubernetes', connection: 'k3s', okCount: 1, failedCount: 1, meanMs: 200 }],
    caches: [{ cache: 'bigquery', hitCount: 2, missCount: 0, staleCount: 1 }],
  });
});
