import { randomBytes } from 'node:crypto';
import type { AppsV1Api, CoreV1Api, KubeConfig, Watch } from '@kubernetes/client-node';
import { startKubernetesHomelab } from '@leitstand/homelab';

/** The clients of one user. */
export interface Clients {
  core: CoreV1Api;
  apps: AppsV1Api;
  watch: Watch;
}

/** A cluster that the scenarios run on, and a namespace there that is theirs. */
export interface Target extends AsyncDisposable {
  namespace: string;
  /** May do everything in the namespace. */
  admin: Clients;
  /** May not change Deployments. */
  restricted: Clients;
  /** A token that no server knows. */
  unknown: Clients;
  /** For commands: the text of a kubeconfig whose current context is the admin in the namespace. */
  kubeconfig(): Promise<string>;
  /** How long something may take that pods have a part in. */
  patienceMs: number;
  /** Between two looks, in milliseconds. */
  lookMs: number;
}

/** Path of a kubeconfig; the scenarios run on the homelab when it is not set. */
const kubeconfigVariable = 'LEITSTAND_CONTRACT_KUBECONFIG';

function loadLibrary() {
  // An ES module, which jest can load only like this.
  return import('@kubernetes/client-node');
}

async function clientsOf(config: KubeConfig): Promise<Clients> {
  const { AppsV1Api: Apps, CoreV1Api: Core, Watch: WatchClient } = await loadLibrary();
  return { core: config.makeApiClient(Core), apps: config.makeApiClient(Apps), watch: new WatchClient(config) };
}

/** The same cluster seen with another token. */
async function withToken(config: KubeConfig, token: string): Promise<Clients> {
  const { KubeConfig: Config } = await loadLibrary();
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error('The kubeconfig names no current cluster');
  const other = new Config();
  other.loadFromClusterAndUser(cluster, { name: 'contract', token });
  return clientsOf(other);
}

/** The same user as a kubeconfig for commands. */
async function kubeconfigText(config: KubeConfig, namespace: string, cluster = config.getCurrentCluster()) {
  const { KubeConfig: Config } = await loadLibrary();
  const user = config.getCurrentUser();
  if (!cluster || !user) throw new Error('The kubeconfig names no current cluster and user');
  const other = new Config();
  other.loadFromOptions({
    clusters: [cluster],
    users: [user],
    contexts: [{ name: 'contract', cluster: cluster.name, user: user.name, namespace }],
    currentContext: 'contract',
  });
  return other.exportConfig();
}

function namespaceName(): string {
  return `leitstand-contract-${randomBytes(4).toString('hex')}`;
}

async function openHomelab(): Promise<Target> {
  const { KubeConfig: Config } = await loadLibrary();
  const homelab = await startKubernetesHomelab({ seed: 'empty', podStartMs: 60 });
  const config = new Config();
  config.loadFromClusterAndUser(
    { name: homelab.name, server: homelab.url, skipTLSVerify: true },
    { name: 'admin', token: homelab.tokens.admin },
  );
  const namespace = namespaceName();
  const admin = await clientsOf(config);
  await admin.core.createNamespace({ body: { metadata: { name: namespace } } });
  return {
    namespace,
    admin,
    restricted: await withToken(config, homelab.tokens.reader),
    unknown: await withToken(config, 'unknown'),
    kubeconfig: () => {
      const caData = Buffer.from(homelab.certificateAuthority).toString('base64');
      const cluster = { name: homelab.name, server: homelab.secureUrl, caData, skipTLSVerify: false };
      return kubeconfigText(config, namespace, cluster);
    },
    patienceMs: 60_000,
    lookMs: 25,
    [Symbol.asyncDispose]: () => homelab.close(),
  };
}

async function openReal(kubeconfig: string): Promise<Target> {
  const { KubeConfig: Config } = await loadLibrary();
  const config = new Config();
  config.loadFromFile(kubeconfig);
  const admin = await clientsOf(config);
  const namespace = namespaceName();
  await admin.core.createNamespace({ body: { metadata: { name: namespace } } });
  const remove = async () => {
    await admin.core.deleteNamespace({ name: namespace });
  };
  try {
    await admin.core.createNamespacedServiceAccount({ namespace, body: { metadata: { name: 'restricted' } } });
    const { status } = await admin.core.createNamespacedServiceAccountToken({
      namespace,
      name: 'restricted',
      body: { spec: { audiences: [], expirationSeconds: 600 } },
    });
    const restricted = await withToken(config, status?.token ?? '');
    return {
      namespace,
      admin,
      restricted,
      unknown: await withToken(config, 'unknown'),
      kubeconfig: () => kubeconfigText(config, namespace),
      patienceMs: 120_000,
      lookMs: 600,
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Opens the configured cluster, or else a homelab, with an empty namespace; disposing of it removes both again. */
export function openTarget(): Promise<Target> {
  const kubeconfig = process.env[kubeconfigVariable];
  return kubeconfig ? openReal(kubeconfig) : openHomelab();
}
