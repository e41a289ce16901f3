import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { eventually } from '@leitstand/plugin-kit-node/testUtils';
import type { PodLogLine, PodLogQuery } from '@leitstand/plugin-rollouts-common';
import { clusterConfigOf } from './__testUtils__/homelabConfig';
import { refusalOf, startPortal } from './__testUtils__/startPortal';

const { DENY, ALLOW } = AuthorizeResult;

let homelab: KubernetesHomelab;
beforeEach(async () => {
  homelab = await startKubernetesHomelab();
});
afterEach(() => homelab.close());

type Portal = Awaited<ReturnType<typeof startPortal>>;

function podOf(app: string, isRunning: boolean) {
  const found = homelab.objects
    .list('Pod', 'microservices')
    .find(({ metadata, status }) => metadata.name.startsWith(`${app}-`) && (status.phase === 'Running') === isRunning);
  return { cluster: 'homelab-k3s', namespace: 'microservices', pod: found!.metadata.name };
}

async function linesOf(portal: Portal, ref: ReturnType<typeof podOf>, query: PodLogQuery = {}): Promise<PodLogLine[]> {
  const lines: PodLogLine[] = [];
  for await (const more of portal.client.streamPodLog(ref, query)) lines.push(...more);
  return lines;
}

describe('the log of a pod', () => {
  it('comes as lines with their times, the newest of them', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const all = await linesOf(portal, podOf('frontend', true));
    expect(all[0]).toEqual({ at: expect.stringMatching(/^\d{4}-.*Z$/), text: expect.stringMatching(/./) });
    expect(await linesOf(portal, podOf('frontend', true), { tailLines: 1 })).toEqual(all.slice(-1));
  });

  it('is neither compressed nor held back, and ends with its reader', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const { namespace, pod } = podOf('frontend', true);
    const leaving = new AbortController();
    const response = await fetch(
      `${portal.baseUrl}/v1/clusters/homelab-k3s/namespaces/${namespace}/pods/${pod}/log?follow=true`,
      { headers: { Authorization: mockCredentials.user.header() }, signal: leaving.signal },
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    expect(response.headers.get('content-encoding')).toBeNull();
    await response.body!.getReader().read();
    const before = homelab.openSocketCount;
    leaving.abort();
    await eventually(
      () => homelab.openSocketCount,
      count => count < before,
    );
  });

  it('ends when the server stops', async () => {
    const portal = await startPortal([clusterConfigOf(homelab)]);
    const log = portal.client.streamPodLog(podOf('frontend', true), { follow: 'true' });
    await log.next();
    const ended = (async () => {
      for await (const _ of log);
    })().catch(() => 'ended');
    await portal[Symbol.asyncDispose]();
    await ended;
  });

  it('says in words why there is none', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const refusal = async (ref: ReturnType<typeof podOf>, query: PodLogQuery = {}) =>
      refusalOf(linesOf(portal, ref, query));
    const stuck = await refusal(podOf('backend', false));
    expect(stuck).toMatchObject({ status: 409, code: 'LOG_NOT_AVAILABLE' });
    expect(stuck.body).toContain('cannot be pulled');
    const running = podOf('frontend', true);
    for (const node of homelab.objects.list('Node')) {
      homelab.objects.replace({ ...node, spec: { ...node.spec, unschedulable: true } });
    }
    const { spec } = homelab.objects.get('Pod', running.namespace, running.pod)!;
    const metadata = { name: 'without-node', namespace: running.namespace };
    homelab.objects.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: spec.containers } } as never);
    const waiting = await refusal({ ...running, pod: 'without-node' });
    expect(waiting).toMatchObject({ code: 'LOG_NOT_AVAILABLE', body: expect.stringContaining('has not started') });
    const previous = await refusal(running, { previous: 'true' });
    expect(previous).toMatchObject({ code: 'LOG_NOT_AVAILABLE', body: expect.stringContaining('earlier run') });
    const other = await refusal(running, { container: 'sidecar' });
    expect(other).toMatchObject({ status: 400, body: expect.stringContaining('It has: frontend') });
    expect(await refusal({ ...running, pod: 'nothing' })).toMatchObject({ status: 404, code: 'POD_NOT_FOUND' });
    expect(await refusal({ ...running, cluster: 'nowhere' })).toMatchObject({ code: 'CLUSTER_UNKNOWN' });
    expect(await refusal({ ...running, namespace: '..' })).toMatchObject({ status: expect.any(Number) });
    expect(await refusal(running, { tailLines: -1 })).toMatchObject({ status: 400 });
  });

  it('does not reach into namespaces that are left out, however they are written', async () => {
    await using portal = await startPortal([clusterConfigOf(homelab)]);
    const running = podOf('frontend', true);
    for (const namespace of ['kube-system', 'kube-system/../microservices', '..', '.']) {
      const { status } = await refusalOf(linesOf(portal, { ...running, namespace }));
      expect([400, 404]).toContain(status);
    }
    expect(homelab.journal.count(({ path }) => path.endsWith('/log'))).toBe(0);
  });

  it('is for those who may read logs, not for all who may read workloads', async () => {
    const decide = (permission: string) => (permission === 'rollouts.log.read' ? DENY : ALLOW);
    await using portal = await startPortal([clusterConfigOf(homelab)], decide);
    const refusal = await refusalOf(linesOf(portal, podOf('frontend', true)));
    expect(refusal).toMatchObject({ status: 403, body: expect.stringContaining('rollouts.log.read') });
    expect(homelab.journal.count()).toBe(0);
  });

  it('ends with the right to read it', async () => {
    let result: AuthorizeResult = ALLOW;
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    try {
      await using portal = await startPortal([clusterConfigOf(homelab)], () => result);
      const log = portal.client.streamPodLog(podOf('frontend', true), { follow: 'true' });
      await log.next();
      result = DENY;
      await jest.advanceTimersByTimeAsync(60_000);
      const outcome = (async () => {
        for await (const _ of log);
      })();
      await expect(outcome).rejects.toThrow();
    } finally {
      jest.useRealTimers();
    }
  });
});
