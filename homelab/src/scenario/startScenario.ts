import { join } from 'node:path';
import { startBigQueryHomelab } from '../bigquery';
import type { KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';
import { startOidcHomelab, type SignIn } from '../oidc';
import { clusterEnvironment, clusterNames, startCluster } from './clusters';
import { gitEnvironment, startGit } from './git';
import { kubeconfigText } from './kubeconfig';
import { weatherUrl } from './weatherUrl';
import { writePrivateFile } from './StateFile';

/** Where the homelab keeps its state and where the portal is that it is for. */
export interface ScenarioOptions {
  /** Folder for a `<cluster>.json` each, the warehouse in `bigquery`, `kubeconfig`, `git.json` and the repositories in `git`; it is made if it is not there. */
  stateDir: string;
  /** As a browser sees it, for example `http://localhost:7007`. */
  portalUrl: string;
  /** Hears of what goes wrong and is tried again. */
  onError: (error: Error) => void;
}

/** One system of the homelab, for the message that says how to start. */
export interface RunningSystem {
  name: string;
  kind: string;
  url: string;
}

/** What the portal and a person need to know of a homelab that runs. */
export interface ReadyMessage {
  /** For the portal's process. */
  environment: Record<string, string>;
  signIns: SignIn[];
  systems: RunningSystem[];
}

/** A homelab that runs, with all its systems. */
export interface Scenario extends AsyncDisposable {
  ready: ReadyMessage;
}

/** Closes in the opposite order of the start, each whatever becomes of the others. @throws the first error */
async function closeAll(started: AsyncDisposable[]): Promise<void> {
  const failed: unknown[] = [];
  for (const item of started.splice(0).reverse()) {
    try {
      await item[Symbol.asyncDispose]();
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** Starts all systems of the homelab as they were left, or with their seeds. @throws Error when the saved state is damaged */
export async function startScenario(options: ScenarioOptions): Promise<Scenario> {
  const started: AsyncDisposable[] = [];
  try {
    const ready = await startSystems(options, started);
    return { ready, [Symbol.asyncDispose]: () => closeAll(started) };
  } catch (error) {
    await closeAll(started);
    throw error;
  }
}

async function startSystems(options: ScenarioOptions, started: AsyncDisposable[]): Promise<ReadyMessage> {
  const { stateDir, portalUrl, onError } = options;
  const warehouse = await startBigQueryHomelab({ stateDir: join(stateDir, 'bigquery') });
  started.push(warehouse);
  const bigQuery = { url: warehouse.url, token: warehouse.tokens.service };
  const clusters: KubernetesHomelab[] = [];
  const environment: Record<string, string> = {};
  for (const name of clusterNames) {
    const cluster = await startCluster(name, join(stateDir, `${name}.json`), { started, onError, bigQuery });
    clusters.push(cluster);
    Object.assign(environment, clusterEnvironment(cluster, name));
  }
  const oidc = await startOidcHomelab({ portalUrl });
  started.push(oidc);
  const git = await startGit(stateDir, onError);
  started.push(git);
  await writePrivateFile(join(stateDir, 'kubeconfig'), kubeconfigText(clusters));
  return {
    environment: {
      ...environment,
      ...gitEnvironment(git),
      HOMELAB_BIGQUERY_URL: warehouse.url,
      HOMELAB_BIGQUERY_READER_TOKEN: warehouse.tokens.reader,
      HOMELAB_BIGQUERY_OPERATOR_TOKEN: warehouse.tokens.operator,
      HOMELAB_WEATHER_URL: await weatherUrl(clusters),
      HOMELAB_OIDC_METADATA_URL: oidc.metadataUrl,
      HOMELAB_OIDC_CLIENT_ID: oidc.clientId,
      HOMELAB_OIDC_CLIENT_SECRET: oidc.clientSecret,
    },
    signIns: oidc.signIns,
    systems: [
      ...clusters.map(({ name, url }) => ({ name, kind: 'Kubernetes', url })),
      { name: 'git', kind: 'Git, as Gitea', url: git.url },
      { name: 'warehouse', kind: 'BigQuery', url: warehouse.url },
      { name: 'sign-in', kind: 'OpenID Connect', url: oidc.issuer },
    ],
  };
}
