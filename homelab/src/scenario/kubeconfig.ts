import { dump } from 'js-yaml';
import type { KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';

/**
 * A kubeconfig with a context per cluster, named like it, for the operator's tokens; the first one is current.
 * https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export function kubeconfigText(clusters: KubernetesHomelab[]): string {
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: clusters.map(({ name, secureUrl: server, certificateAuthority }) => {
      const authority = Buffer.from(certificateAuthority).toString('base64');
      return { name, cluster: { server, 'certificate-authority-data': authority } };
    }),
    users: clusters.map(({ name, tokens }) => ({ name: `${name}-operator`, user: { token: tokens.operator } })),
    contexts: clusters.map(({ name }, index) => {
      const namespace = index === 0 ? 'microservices' : 'default';
      return { name, context: { cluster: name, user: `${name}-operator`, namespace } };
    }),
    'current-context': clusters[0].name,
  });
}
