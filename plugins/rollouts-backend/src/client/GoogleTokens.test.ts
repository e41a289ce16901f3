import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { deploymentType } from '../model/kubernetesObjects';
import { KubernetesClient } from './KubernetesClient';

const { signal } = new AbortController();
const place = { namespace: 'microservices', name: 'backend' };

/** Answers as Google's Security Token Service does. */
interface TokenEndpoint {
  url: string;
  /** What it answers next. */
  answers: { status: number; token: string; lifeSeconds: number };
  requestCount: number;
  server: Server;
}

async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const endpoint: TokenEndpoint = {
    url: '',
    answers: { status: 200, token: '', lifeSeconds: 3_600 },
    requestCount: 0,
    server: createServer((request, response) => {
      request.resume();
      endpoint.requestCount += 1;
      const { status, token, lifeSeconds } = endpoint.answers;
      response.writeHead(status, { 'content-type': 'application/json' });
      const issued = { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds };
      response.end(JSON.stringify(status === 200 ? issued : { error: 'invalid_grant', error_description: 'secret' }));
    }),
  };
  await new Promise<void>(resolve => endpoint.server.listen(0, '127.0.0.1', resolve));
  endpoint.url = `http://127.0.0.1:${(endpoint.server.address() as AddressInfo).port}/v1/token`;
  return endpoint;
}

let homelab: KubernetesHomelab;
let endpoint: TokenEndpoint;
let folder: string;
let client: KubernetesClient;
beforeEach(async () => {
  homelab = await startKubernetesHomelab();
  endpoint = await startTokenEndpoint();
  endpoint.answers.token = homelab.tokens.reader;
  folder = await mkdtemp(path.join(tmpdir(), 'google-'));
  await writeFile(path.join(folder, 'subject'), 'subject-token');
  client = KubernetesClient.create({
    name: 'gke',
    url: homelab.url,
    skipTLSVerify: true,
    google: {
      // Workload identity federation: the one kind of credentials that names its token endpoint.
      credentials: {
        type: 'external_account',
        audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: endpoint.url,
        credential_source: { file: path.join(folder, 'subject') },
      },
    },
  });
});
afterEach(async () => {
  client.close();
  await new Promise(resolve => {
    endpoint.server.close(resolve);
    endpoint.server.closeAllConnections();
  });
  await rm(folder, { recursive: true });
  await homelab.close();
});

describe('a cluster with googleServiceAccount', () => {
  it('is read with a token that Google gives, which is kept while it lives', async () => {
    expect((await client.get(deploymentType, place, signal)).metadata.name).toBe('backend');
    await client.get(deploymentType, place, signal);
    expect(endpoint.requestCount).toBe(1);
  });

  it('gets a new token when the old one is about to expire', async () => {
    endpoint.answers.lifeSeconds = 1; // less than the time before its end at which the library renews it
    await client.get(deploymentType, place, signal);
    endpoint.answers.token = 'another-token';
    await expect(client.get(deploymentType, place, signal)).rejects.toMatchObject({ code: 'UPSTREAM_UNAUTHENTICATED' });
    expect(endpoint.requestCount).toBe(2);
  });

  it('says what to check when Google gives none, and nothing of what Google said', async () => {
    endpoint.answers.status = 400;
    const error = await client.get(deploymentType, place, signal).catch(reason => reason as Error);
    expect(error).toMatchObject({
      code: 'UPSTREAM_UNAUTHENTICATED',
      message: expect.stringContaining('kubernetes.googleServiceAccountCredentials'),
    });
    expect(JSON.stringify(error)).not.toContain('secret');
    endpoint.answers.status = 200;
    expect((await client.get(deploymentType, place, signal)).metadata.name).toBe('backend');
  });
});
