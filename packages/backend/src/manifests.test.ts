import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startKubernetesHomelab } from '@leitstand/homelab';
import { loadAll } from 'js-yaml';

const file = resolve(__dirname, '../../../deploy/manifests/leitstand.yaml');

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string };
}

const manifests = loadAll(readFileSync(file, 'utf8')) as Manifest[];

const plurals: Record<string, string> = { Ingress: 'ingresses', NetworkPolicy: 'networkpolicies' };

function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}/namespaces/${metadata.namespace}/${plurals[kind] ?? `${kind.toLowerCase()}s`}`;
}

describe('deploy/manifests', () => {
  it('are taken by a cluster, but for the kinds that the homelab does not model', async () => {
    await using cluster = await startKubernetesHomelab({ seed: 'empty' });
    const post = async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${cluster.tokens.admin}`, 'content-type': 'application/json' };
      const response = await fetch(`${cluster.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      await response.body?.cancel();
      return response.status;
    };
    await post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'leitstand' } });
    const answers: [string, number][] = [];
    for (const manifest of manifests) answers.push([manifest.kind, await post(pathOf(manifest), manifest)]);
    expect(Object.fromEntries(answers)).toEqual({
      ConfigMap: 201,
      Deployment: 201,
      Service: 201,
      Ingress: 201,
      PodDisruptionBudget: 404, // not modelled
      NetworkPolicy: 404, // not modelled
    });
  });
});
