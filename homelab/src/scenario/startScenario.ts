import { join } from 'node:path';
import { createSystemClock } from '../core';
import { startKubernetesHomelab } from '../kubernetes/startKubernetesHomelab';
import { startOidcHomelab, type SignIn } from '../oidc';
import { kubeconfigText } from './kubeconfig';
import { readState, StateFile, writePrivateFile } from './StateFile';

/** Where the homelab keeps its state and where the portal is that it is for. */
export interface ScenarioOptions {
  /** Folder for `kubernetes.json` and `kubeconfig`; it is made if it is not there. */
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
  const stateFile = join(stateDir, 'kubernetes.json');
  const cluster = await startKubernetesHomelab({ state: await readState(stateFile) });
  started.push(cluster);
  const state = new StateFile(stateFile, cluster, { clock: createSystemClock(), onError });
  started.push(state);
  const oidc = await startOidcHomelab({ portalUrl });
  started.push(oidc);
  await state.save();
  await writePrivateFile(join(stateDir, 'kubeconfig'), kubeconfigText(cluster));
  return {
    environment: {
      HOMELAB_KUBERNETES_URL: cluster.url,
      HOMELAB_KUBERNETES_READER_TOKEN: cluster.tokens.reader,
      HOMELAB_KUBERNETES_OPERATOR_TOKEN: cluster.tokens.operator,
      HOMELAB_OIDC_METADATA_URL: oidc.metadataUrl,
      HOMELAB_OIDC_CLIENT_ID: oidc.clientId,
      HOMELAB_OIDC_CLIENT_SECRET: oidc.clientSecret,
    },
    signIns: oidc.signIns,
    systems: [
      { name: cluster.name, kind: 'Kubernetes', url: cluster.url },
      { name: 'sign-in', kind: 'OpenID Connect', url: oidc.issuer },
    ],
  };
}
