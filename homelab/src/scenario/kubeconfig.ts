import { dump } from 'js-yaml';
import type { KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';

/** A kubeconfig for the operator's token: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ */
export function kubeconfigText(cluster: KubernetesHomelab): string {
  const { name, url, tokens } = cluster;
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'operator', user: { token: tokens.operator } }],
    contexts: [{ name, context: { cluster: name, user: 'operator', namespace: 'microservices' } }],
    'current-context': name,
  });
}
