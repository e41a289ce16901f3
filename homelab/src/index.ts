export * from './core';
export {
  startKubernetesHomelab,
  type KubernetesHomelab,
  type KubernetesHomelabOptions,
} from './kubernetes/startKubernetesHomelab';
export type { ClusterObjects } from './kubernetes/ClusterObjects';
export type { Tokens } from './kubernetes/handlers/users';
export type { SeedName } from './kubernetes/seed';
export type { GeneratedSeed } from './kubernetes/seedGenerated';
export type { Snapshot } from './kubernetes/state/ObjectStore';
export type * from './kubernetes/model';
export {
  startBigQueryHomelab,
  type BigQueryHomelab,
  type BigQueryHomelabOptions,
  type BigQueryTokens,
} from './bigquery';
export { clusterEnvironment, clusterNames, type ClusterName } from './scenario/clusters';
export {
  signIn,
  startOidcHomelab,
  type OidcHomelab,
  type OidcHomelabOptions,
  type SignIn,
  type SignInOptions,
} from './oidc';
export { kubeconfigText } from './scenario/kubeconfig';
export { startGitHomelab, type GitHomelab, type GitHomelabOptions } from './git';
export { gitEnvironment } from './scenario/git';
