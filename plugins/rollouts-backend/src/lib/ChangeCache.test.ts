import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { PollingSource } from '../reflector/PollingSource';
import { SourceGroup } from '../reflector/SourceGroup';
import { ChangeCache } from './ChangeCache';

describe('ChangeCache', () => {
  it('computes once a change, not more often than it may, and forgets when nobody reads', async () => {
    let now = 1_000;
    let computed = 0;
    const previous: unknown[] = [];
    const compute = (before: { number: number } | undefined) => {
      previous.push(before?.number);
      return { number: ++computed };
    };
    const read = async () => new Map([['one', 1]]);
    const source = new PollingSource({ cluster: 'k3s', what: 'pods', read, intervalMs: 60_000 });
    const group = new SourceGroup([source]);
    const cache = new ChangeCache({ group, compute, restMs: 100, now: () => now });
    expect([cache.get(), cache.get()]).toEqual([{ number: 1 }, { number: 1 }]);
    const lease = group.acquire();
    await group.settled(AbortSignal.timeout(60_000));
    now += 99;
    expect(cache.get()).toEqual({ number: 1 });
    now += 1;
    expect(cache.get()).toEqual({ number: 2 });
    now += 1_000;
    expect(cache.get()).toEqual({ number: 2 });
    lease[Symbol.dispose]();
    await source.close();
    expect(cache.get()).toEqual({ number: 3 });
    expect(previous).toEqual([undefined, 1, undefined]);
  });

  it('forgets when nobody reads all of it any more, though somebody goes on with a part', async () => {
    const read = async () => new Map([['one', 1]]);
    const options = { cluster: 'k3s', read, intervalMs: 60_000, idleMs: 1 };
    const [workloads, pods] = ['deployments', 'pods'].map(what => new PollingSource({ ...options, what }));
    const group = new SourceGroup([workloads, pods]);
    const previous: (object | undefined)[] = [];
    const compute = (before: object | undefined) => {
      previous.push(before);
      return {};
    };
    const cache = new ChangeCache({ group, compute, restMs: 0 });
    using _ = workloads.acquire();
    const lease = group.acquire();
    await group.settled(AbortSignal.timeout(60_000));
    cache.get();
    lease[Symbol.dispose]();
    await eventually(
      () => pods.state.status,
      status => status === 'stopped',
    );
    cache.get();
    expect([workloads.state.status, previous]).toEqual(['live', [undefined, undefined]]);
    await Promise.all([workloads.close(), pods.close()]);
  });
});
