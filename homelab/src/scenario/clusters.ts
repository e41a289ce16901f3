import { createSystemClock } from '../core';
import type { BigQueryAccess } from '../services/predictWithBigQuery';
import { startKubernetesHomelab, type KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';
import { readState, StateFile } from './StateFile';

/** The clusters of the homelab with the beginning of the names of their environment variables. */
const clusterVariables = {
  'homelab-k3s': 'HOMELAB_KUBERNETES',
  'gke-homelab-microservices': 'HOMELAB_GKE_MICROSERVICES',
  'gke-mlops-cluster': 'HOMELAB_GKE_MLOPS',
} as const;

/** Name of one of the homelab's clusters. */
export type ClusterName = keyof typeof clusterVariables;

/** All of them, the one that a person begins with first. */
export const clusterNames = Object.keys(clusterVariables) as ClusterName[];

/** What the shipped configuration needs to know of a cluster: address and tokens, by environment variable. */
export function clusterEnvironment(cluster: KubernetesHomelab, name: ClusterName): Record<string, string> {
  const variable = clusterVariables[name];
  return {
    [`${variable}_URL`]: cluster.url,
    [`${variable}_READER_TOKEN`]: cluster.tokens.reader,
    [`${variable}_OPERATOR_TOKEN`]: cluster.tokens.operator,
  };
}

/** What a cluster is started with. */
export interface StartClusterOptions {
  /** Takes what has to be ended, latest last. */
  started: AsyncDisposable[];
  onError: (error: Error) => void;
  /** For its pods. */
  bigQuery: BigQueryAccess;
}

/** Starts a cluster as it was left, or with its story, and keeps it in `file`; both end by `started`, latest first. */
export async function startCluster(
  name: ClusterName,
  file: string,
  { started, onError, bigQuery }: StartClusterOptions,
): Promise<KubernetesHomelab> {
  const state = await readState(file);
  const cluster = await startKubernetesHomelab({ name, seed: name, state, hasLocalAddresses: true, bigQuery });
  started.push(cluster);
  const stateFile = new StateFile(file, cluster, { clock: createSystemClock(), onError });
  started.push(stateFile);
  await stateFile.save();
  return cluster;
}
