import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { errorCodeOf, UpstreamError } from '@leitstand/plugin-kit-common';
import { deploymentType, podType } from '../model/kubernetesObjects';
import { clusterConfigOf } from '../__testUtils__/homelabConfig';
import { KubernetesClient } from './KubernetesClient';

const { signal } = new AbortController();
const backend = { namespace: 'microservices', name: 'backend' };

let homelab: KubernetesHomelab;
let client: KubernetesClient;
beforeEach(async () => {
  homelab = await startKubernetesHomelab();
  client = KubernetesClient.create(clusterConfigOf(homelab), { pageSizeCount: 2 });
});
afterEach(async () => {
  client.close();
  await homelab.close();
});

async function failureOf(promise: Promise<unknown>): Promise<UpstreamError> {
  const error = await promise.then(
    () => undefined,
    reason => reason as unknown,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  return error as UpstreamError;
}

describe('KubernetesClient', () => {
  it('reads one object and all pages of a list', async () => {
    const deployment = await client.get(deploymentType, backend, signal);
    expect(deployment.metadata).toMatchObject({ name: 'backend', namespace: 'microservices' });
    const pods = await client.list(podType, {}, signal);
    expect(pods.items.length).toBe(homelab.objects.list('Pod').length);
    expect(homelab.journal.count(({ path }) => path === '/api/v1/pods')).toBe(Math.ceil(pods.items.length / 2));
    expect(homelab.journal.filter(({ path }) => path === '/api/v1/pods')[0].userAgent).toBe('leitstand');
  });

  it.each([
    [401, 'UPSTREAM_UNAUTHENTICATED', false, 502],
    [404, 'UPSTREAM_NOT_FOUND', false, 502],
    [409, 'UPSTREAM_CONFLICT', false, 502],
    [422, 'UPSTREAM_REFUSED', false, 502],
    [429, 'UPSTREAM_THROTTLED', true, 502],
    [500, 'UPSTREAM_FAILED', true, 502],
    [503, 'UPSTREAM_FAILED', true, 502],
  ])('maps status %s to %s', async (status, code, retryable, statusCode) => {
    homelab.faults.next({ path: '*/deployments/backend' }, { status });
    expect(await failureOf(client.get(deploymentType, backend, signal))).toMatchObject({
      code,
      retryable,
      statusCode,
      upstreamStatus: status,
      system: 'homelab-k3s',
      operation: 'get deployments microservices/backend',
    });
  });

  it('names the right that is missing', async () => {
    const operations = [{ op: 'replace' as const, path: '/spec/replicas', value: 1 }];
    const error = await failureOf(
      client.patch(deploymentType, backend, { operations, fieldManager: 'leitstand', dryRun: false, signal }),
    );
    expect(error.code).toBe('UPSTREAM_FORBIDDEN');
    expect(error.message).toBe(
      'Cluster homelab-k3s: the configured service account may not patch deployments microservices/backend. Give it the verb "patch" on "deployments" of API group apps.',
    );
  });

  it.each([
    [
      403,
      'jobs.batch "x" is forbidden: exceeded quota: small, requested: pods=1, used: secret',
      'the quota small is used up',
    ],
    [
      403,
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": secret',
      'security level restricted:latest',
    ],
    [
      403,
      'jobs.batch "x" is forbidden: unable to create new content in namespace a because it is being terminated',
      'deleted',
    ],
    [400, 'admission webhook "deny.example.org" denied the request: secret', 'the admission webhook deny.example.org'],
    [
      422,
      `deployments.apps "x" is forbidden: ValidatingAdmissionPolicy 'tags' with binding 'b' denied request: secret`,
      'the admission policy tags',
    ],
    [403, 'nodes "x" is forbidden: secret', 'an admission rule does not allow it'],
  ])('tells a rule of the cluster from a right that is missing: %s %s', async (status, message, words) => {
    const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status });
    homelab.faults.next({ path: '*/deployments/backend' }, { reply: { status, body } });
    const error = await failureOf(client.get(deploymentType, backend, signal));
    expect(error).toMatchObject({ code: 'UPSTREAM_REFUSED', upstreamStatus: status });
    expect(error.message).toContain(words);
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain('secret');
  });

  it('trusts the configured certificate authority and no other', async () => {
    const secure = clusterConfigOf(homelab, { url: homelab.secureUrl });
    const caData = Buffer.from(homelab.certificateAuthority).toString('base64');
    const trusting = KubernetesClient.create({ ...secure, caData, skipTLSVerify: false });
    const distrusting = KubernetesClient.create({ ...secure, skipTLSVerify: false });
    const careless = KubernetesClient.create(secure);
    expect((await trusting.get(deploymentType, backend, signal)).metadata.name).toBe('backend');
    expect((await careless.get(deploymentType, backend, signal)).metadata.name).toBe('backend');
    const refused = await failureOf(distrusting.get(deploymentType, backend, signal));
    expect(refused.code).toBe('UPSTREAM_UNREACHABLE');
    expect(refused.message).toMatch(/CERT/);
    [trusting, distrusting, careless].forEach(each => each.close());
  });

  it('repeats a read on a new connection when the kept one is gone', async () => {
    const { metadata } = homelab.objects.get('Deployment', 'microservices', 'backend')!;
    const seen = new Set<unknown>();
    let requestCount = 0;
    const server = createServer((request, response) => {
      requestCount += 1;
      if (seen.has(request.socket)) request.socket.destroy();
      seen.add(request.socket);
      response.end(JSON.stringify(homelab.objects.get('Deployment', metadata.namespace, metadata.name)));
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const kept = KubernetesClient.create(clusterConfigOf(homelab, { url }));
    await kept.get(deploymentType, backend, signal);
    expect((await kept.get(deploymentType, backend, signal)).metadata.name).toBe('backend');
    expect([seen.size, requestCount]).toEqual([2, 3]);
    kept.close();
    await new Promise(resolve => server.close(resolve));
  });

  it('gives up on a slow answer', async () => {
    using _ = homelab.faults.always({ path: '*/deployments/backend' }, { delayMs: 60_000 });
    const impatient = KubernetesClient.create(clusterConfigOf(homelab), { timeoutMs: 300 });
    expect(await failureOf(impatient.get(deploymentType, backend, signal))).toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      statusCode: 504,
    });
    impatient.close();
  });

  it('tells an unreachable cluster, a cut answer and an answer that is not Kubernetes apart', async () => {
    const nobody = KubernetesClient.create(clusterConfigOf(homelab, { url: 'http://127.0.0.1:1' }));
    const unreachable = await failureOf(nobody.get(deploymentType, backend, signal));
    expect(unreachable).toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
    expect(unreachable.message).toContain('ECONNREFUSED');
    nobody.close();

    homelab.faults.next({ path: '*/deployments/backend' }, { action: 'reset', afterBytes: 100 });
    expect(errorCodeOf(await failureOf(client.get(deploymentType, backend, signal)))).toBe('UPSTREAM_UNREACHABLE');

    const website = createServer((_, response) => response.end('<html>secret</html>')).listen(0, '127.0.0.1');
    await new Promise(resolve => website.once('listening', resolve));
    const url = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
    const elsewhere = KubernetesClient.create(clusterConfigOf(homelab, { url }));
    const unreadable = await failureOf(elsewhere.get(deploymentType, backend, signal));
    expect(unreadable.code).toBe('UPSTREAM_UNREADABLE');
    expect(JSON.stringify({ ...unreadable, message: unreadable.message })).not.toContain('secret');
    elsewhere.close();
    await new Promise(resolve => website.close(resolve));
  });

  it('ends requests when the caller aborts, and everything when it is closed', async () => {
    using _ = homelab.faults.always({ path: '*/deployments/backend' }, { delayMs: 60_000 });
    const slow = KubernetesClient.create(clusterConfigOf(homelab));
    const aborted = slow.get(deploymentType, backend, AbortSignal.timeout(30));
    await expect(aborted).rejects.toMatchObject({ name: 'TimeoutError' });
    const closed = slow.get(deploymentType, backend, signal);
    setTimeout(() => slow.close(), 30);
    await expect(closed).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('follows changes, ends with the server and stops when it is left', async () => {
    const { resourceVersion } = await client.list(deploymentType, {}, signal);
    const watch = client.watch(deploymentType, { resourceVersion }, signal);
    expect((await watch.next()).value).toEqual({ type: 'opened' });
    const deployment = homelab.objects.get('Deployment', 'microservices', 'frontend')!;
    homelab.objects.replace({ ...deployment, spec: { ...deployment.spec, replicas: 1 }, status: undefined });
    expect((await watch.next()).value).toMatchObject({
      type: 'changed',
      object: { metadata: { name: 'frontend' }, spec: { replicas: 1 } },
    });
    await watch.return(undefined);

    homelab.compact();
    const expired = client.watch(deploymentType, { resourceVersion: '1' }, signal);
    const outcome = await failureOf((async () => [await expired.next(), await expired.next()])());
    expect(outcome.upstreamStatus).toBe(410);
  });
});
