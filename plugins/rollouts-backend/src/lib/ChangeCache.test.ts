import { PollingSource } from '../reflector/PollingSource';
import { SourceGroup } from '../reflector/SourceGroup';
import { ChangeCache } from './ChangeCache';

describe('ChangeCache', () => {
  it('computes once a change, not more often than it may, and forgets when nobody reads', async () => {
    let now = 1_000;
    let computed = 0;
    const read = async () => new Map([['one', 1]]);
    const source = new PollingSource({ cluster: 'k3s', what: 'pods', read, intervalMs: 60_000 });
    const group = new SourceGroup([source]);
    const cache = new ChangeCache({ group, compute: () => ({ number: ++computed }), restMs: 100, now: () => now });
    expect([cache.get(), cache.get()]).toEqual([{ number: 1 }, { number: 1 }]);
    const lease = group.acquire();
    await group.settled(AbortSignal.timeout(5_000));
    now += 99;
    expect(cache.get()).toEqual({ number: 1 });
    now += 1;
    expect(cache.get()).toEqual({ number: 2 });
    now += 1_000;
    expect(cache.get()).toEqual({ number: 2 });
    lease[Symbol.dispose]();
    await source.close();
    expect(cache.get()).toEqual({ number: 3 });
  });
});
