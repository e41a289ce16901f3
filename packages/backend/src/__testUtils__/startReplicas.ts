import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { setTimeout } from 'node:timers/promises';
import { signIn, startKubernetesHomelab, startOidcHomelab } from '@leitstand/homelab';
import { findFreePort } from './findFreePort';
import { ReplicaProcess } from './ReplicaProcess';
import { RoundRobinProxy } from './RoundRobinProxy';

const repositoryRoot = resolve(__dirname, '../../../..');

/** Two replicas of the production bundle behind a proxy, with the homelab's cluster and sign-in. */
export interface Replicas extends AsyncDisposable {
  /** Of the proxy. */
  url: string;
  proxy: RoundRobinProxy;
  processes: ReplicaProcess[];
  tokenOf(user: string): Promise<string>;
  /** Lets no new pod start, so that no rollout ends, or lets them start again: `kubectl cordon` of all nodes. */
  cordon(isCordoned: boolean): void;
  /** How often the cluster was asked to change a deployment. */
  patchCount(): number;
}

/**
 * Builds the bundle, installs it as an image would and starts it twice at once.
 *
 * @param database - an empty PostgreSQL database
 */
export async function startReplicas(database: Awaited<ReturnType<DatabaseService['getClient']>>): Promise<Replicas> {
  const stack = new AsyncDisposableStack();
  try {
    return await start(database, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function start(
  database: Awaited<ReturnType<DatabaseService['getClient']>>,
  stack: AsyncDisposableStack,
): Promise<Replicas> {
  const work = await mkdtemp(join(tmpdir(), 'leitstand-replicas-'));
  stack.defer(() => rm(work, { recursive: true, force: true }));
  const directory = process.env.LEITSTAND_BUNDLE_DIRECTORY ?? (await prepareBundle(join(work, 'bundle')));
  const proxy = stack.use(await RoundRobinProxy.start());
  const cluster = stack.use(await startKubernetesHomelab());
  const oidc = stack.use(await startOidcHomelab({ portalUrl: proxy.url }));
  const { host, port, user, password, database: name } = database.client.config.connection;
  const environment = {
    LEITSTAND_BASE_URL: proxy.url,
    LEITSTAND_LISTEN_HOST: '127.0.0.1',
    LEITSTAND_DRAIN: '2s',
    LEITSTAND_DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${name}`,
    LEITSTAND_SESSION_SECRET: 'of this trial only',
    LEITSTAND_OIDC_METADATA_URL: oidc.metadataUrl,
    LEITSTAND_OIDC_CLIENT_ID: oidc.clientId,
    LEITSTAND_OIDC_CLIENT_SECRET: oidc.clientSecret,
    LEITSTAND_KUBERNETES_URL: cluster.url,
    LEITSTAND_KUBERNETES_READER_TOKEN: cluster.tokens.reader,
    LEITSTAND_KUBERNETES_OPERATOR_TOKEN: cluster.tokens.operator,
  };
  const config = join(work, 'systems.yaml');
  await writeFile(config, JSON.stringify(systems));
  const processes: ReplicaProcess[] = [];
  for (const replica of ['a', 'b']) {
    const logFile = join(process.env.LEITSTAND_TRIAL_LOGS ?? work, `replica-${replica}.log`);
    processes.push(
      stack.use(new ReplicaProcess({ directory, config, environment, logFile, port: await findFreePort() })),
    );
  }
  for (const replica of processes) replica.start();
  await Promise.all(processes.map(replica => replica.untilReady()));
  proxy.watch(processes.map(replica => replica.url));
  await proxy.untilReady(2);
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (person: string) => {
    const token = tokens.get(person) ?? signIn({ portalUrl: proxy.url, user: person, environment: 'production' });
    tokens.set(person, token);
    return token;
  };
  await untilCatalogIsRead(proxy.url);
  return {
    ...{ url: proxy.url, proxy, processes, tokenOf },
    cordon: isCordoned => {
      for (const node of cluster.objects.list('Node'))
        cluster.objects.replace({ ...node, spec: { ...node.spec, unschedulable: isCordoned } });
    },
    patchCount: () =>
      cluster.journal.filter(({ method, path }) => method === 'PATCH' && path.includes('/deployments/frontend')).length,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function prepareBundle(directory: string): Promise<string> {
  // eslint-disable-next-line @backstage/no-relative-monorepo-imports -- the launcher is no package
  const { buildBundle, installBundle } = await import('../../../../scripts/launcher/bundle.mjs');
  const archives = await buildBundle({ node: process.execPath });
  await installBundle({ node: process.execPath, archives, directory });
  return directory;
}

/** Nobody can sign in before the catalogue has read who there is. */
async function untilCatalogIsRead(portalUrl: string): Promise<void> {
  const path = '/api/catalog/entities/by-name/component/default/todo-frontend';
  for (let attempt = 0; attempt < 300; attempt++) {
    const token = await signIn({ portalUrl, user: 'operator', environment: 'production' }).catch(() => undefined);
    const headers = { authorization: `Bearer ${token}` };
    if (token && (await fetch(`${portalUrl}${path}`, { headers })).ok) return;
    await setTimeout(200);
  }
  throw new Error('The catalogue did not read people and workloads within a minute');
}

/** What `deploy/systems.yaml` says, for the homelab. */
const systems = {
  backend: { csp: { 'upgrade-insecure-requests': false } }, // no HTTPS in front here
  catalog: {
    locations: [
      {
        type: 'file',
        target: join(repositoryRoot, 'homelab/catalog/organization.yaml'),
        rules: [{ allow: ['User', 'Group'] }],
      },
    ],
  },
  permission: {
    leitstand: {
      roles: [
        { role: 'admin', groups: ['group:default/platform-team'] },
        { role: 'operator', groups: ['group:default/todo-team'] },
      ],
    },
  },
  leitstand: {
    ownership: [
      {
        group: 'group:default/todo-team',
        kubernetes: [{ cluster: 'homelab-k3s', namespaces: ['microservices'] }],
      },
    ],
  },
  kubernetes: {
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'homelab-k3s',
            url: '${LEITSTAND_KUBERNETES_URL}',
            authProvider: 'serviceAccount',
            serviceAccountToken: '${LEITSTAND_KUBERNETES_READER_TOKEN}',
            skipTLSVerify: true, // plain HTTP on loopback
          },
        ],
      },
    ],
  },
  operations: {
    upstreams: {
      kubernetes: {
        clusters: [{ name: 'homelab-k3s', serviceAccountToken: '${LEITSTAND_KUBERNETES_OPERATOR_TOKEN}' }],
      },
    },
  },
};
