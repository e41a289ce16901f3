import { UpstreamError } from '@leitstand/plugin-kit-common';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import { PollingSource } from './PollingSource';
import { SourceGroup } from './SourceGroup';

const { signal } = new AbortController();
const failure = (code: 'UPSTREAM_NOT_FOUND' | 'UPSTREAM_FORBIDDEN', message: string) =>
  new UpstreamError(message, { code, system: 'k3s', operation: 'list' });

/** A source that answers as it is told. */
function start(what: string, answer: () => string) {
  const asked = { count: 0 };
  const source = new PollingSource<string>({
    cluster: 'k3s',
    what,
    intervalMs: 5,
    idleMs: 20,
    read: async () => {
      asked.count += 1;
      return new Map([['only', answer()]]);
    },
  });
  return { source, asked };
}

describe('PollingSource', () => {
  it('asks while somebody reads, once for all of them, and stops and forgets a while after', async () => {
    let value = 'a';
    const { source, asked } = start('metrics', () => value);
    expect(asked.count).toBe(0);
    const leases = [source.acquire(), source.acquire()];
    await source.settled(signal);
    expect(asked.count).toBe(1);
    expect(source.state).toMatchObject({ status: 'live', objects: new Map([['only', 'a']]) });
    value = 'b';
    await eventually(
      () => source.state.objects.get('only'),
      now => now === 'b',
    );
    leases.forEach(lease => lease[Symbol.dispose]());
    await eventually(
      () => source.state,
      ({ status, objects }) => status === 'stopped' && objects.size === 0,
    );
    const { count } = asked;
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(asked.count).toBe(count);
    await source.close();
    expect(() => source.acquire()).toThrow(/closed/);
  });
});

describe('SourceGroup', () => {
  it('tells what was never read from what is old, and extras apart', async () => {
    let isDown = false;
    const pods = start('pods', () => {
      if (isDown) throw failure('UPSTREAM_FORBIDDEN', 'no more');
      return 'pod';
    });
    const nodes = start('nodes', () => {
      throw failure('UPSTREAM_FORBIDDEN', 'not allowed');
    });
    const metrics = start('metrics', () => {
      throw failure('UPSTREAM_NOT_FOUND', 'none');
    });
    const version = start('version', () => {
      if (isDown) throw failure('UPSTREAM_FORBIDDEN', 'no more');
      return 'v1';
    });
    const group = new SourceGroup([pods.source, nodes.source], [metrics.source, version.source]);
    expect(group.isStopped).toBe(true);
    const lease = group.acquire();
    await group.settled(signal);
    expect(group.missing).toEqual([
      { what: 'nodes', reason: 'not allowed' },
      { what: 'metrics', reason: 'The cluster has no metrics API.' },
    ]);
    expect(group.freshness.isStale).toBe(false);

    isDown = true;
    await eventually(
      () => group.freshness,
      ({ isStale }) => isStale,
    );
    expect(group.freshness.problem).toEqual({ code: 'UPSTREAM_FORBIDDEN', message: 'no more' });
    await eventually(
      () => group.missing,
      missing => missing.some(({ what, observedAt }) => what === 'version' && observedAt !== undefined),
    );
    lease[Symbol.dispose]();
    await Promise.all([pods, nodes, metrics, version].map(({ source }) => source.close()));
    expect(group.isStopped).toBe(true);
  });
});
