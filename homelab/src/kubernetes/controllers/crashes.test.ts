import { startManualCluster, template } from '../__testUtils__/manualCluster';
import type { Pod } from '../model';

const crash = { starts: ['connecting'], ends: ['no route to host'], exit: { code: 3, afterMs: 2_000 } };
const behaviours = { 'crash:1': crash, 'work:1': { starts: ['working'], exit: { code: 0, afterMs: 5_000 } } };

function start(image: string, spec: object = {}) {
  const cluster = startManualCluster({ behaviours });
  const { metadata, ...rest } = template(image, spec);
  cluster.create({ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'one' }, ...rest });
  const status = () => cluster.get('Pod', 'one').status.containerStatuses?.[0];
  const state = () => Object.entries(status()?.state ?? {}).map(([name, value]) => `${name} ${value.reason ?? ''}`)[0];
  return { ...cluster, status, state, phase: () => cluster.get('Pod', 'one').status.phase };
}

function readyReason(pod: Pod): string | undefined {
  return pod.status.conditions?.find(condition => condition.type === 'Ready')?.reason;
}

describe('a container that crashes', () => {
  it('starts again at once, then after a growing back-off, and tells of it', () => {
    const { clock, status, state, phase, events, get } = start('crash:1');
    clock.advance(1_500);
    expect(state()).toBe('running ');
    clock.advance(2_000);
    expect(status()).toMatchObject({ ready: false, state: { terminated: { exitCode: 3, reason: 'Error' } } });
    clock.advance(1_500);
    expect([state(), status()?.restartCount]).toEqual(['running ', 1]);
    clock.advance(4_000);
    expect(state()).toBe('waiting CrashLoopBackOff');
    expect(status()?.state.waiting?.message).toMatch(
      /^back-off 10s restarting failed container=main pod=one_default\(/,
    );
    expect(status()?.lastState.terminated?.exitCode).toBe(3);
    expect(phase()).toBe('Running');
    clock.advance(60 * 60_000);
    expect(status()?.state.waiting?.message).toMatch(/^back-off 5m0s /);
    expect(status()?.restartCount).toBeGreaterThan(12);
    expect(status()?.restartCount).toBeLessThan(20);
    expect(events('one').filter(event => event.startsWith('BackOff'))).toHaveLength(1);
    expect(readyReason(get('Pod', 'one'))).toBe('ContainersNotReady');
  });

  it('is never ready when it has a readiness probe', () => {
    const container = { name: 'main', image: 'crash:1', readinessProbe: { httpGet: { port: 80 } } };
    const { clock, status } = start('crash:1', { containers: [container] });
    const seen = new Set<unknown>();
    for (let step = 0; step < 100; step++) {
      clock.advance(500);
      seen.add(status()?.ready);
    }
    expect([...seen]).toEqual([false]);
  });
});

describe('a container that ends', () => {
  it.each([
    ['Never', 'work:1', 'Succeeded', 'Completed', 'PodCompleted', 0],
    ['OnFailure', 'work:1', 'Succeeded', 'Completed', 'PodCompleted', 0],
    ['Never', 'crash:1', 'Failed', 'Error', 'PodFailed', 0],
    ['Always', 'work:1', 'Running', 'Completed', 'ContainersNotReady', 1],
  ])('with restart policy %s from %s is %s', (restartPolicy, image, phase, reason, why, restartCount) => {
    const { clock, status, get } = start(image, { restartPolicy });
    clock.advance(8_000 + restartCount * 6_000);
    expect(get('Pod', 'one').status.phase).toBe(phase);
    const ended = status()?.state.terminated ?? status()?.lastState.terminated;
    expect(ended?.reason).toBe(reason);
    expect(status()?.restartCount).toBe(restartCount);
    expect(readyReason(get('Pod', 'one'))).toBe(why);
  });
});
