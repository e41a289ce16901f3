import { dump } from 'js-yaml';
import type { KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';

/** A kubeconfig for the operator's token: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ */
export function kubeconfigText(cluster: KubernetesHomelab): string {
  const { name, secureUrl: server, tokens } = cluster;
  const authority = Buffer.from(cluster.certificateAuthority).toString('base64');
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: 'operator', user: { token: tokens.operator } }],
    contexts: [{ name, context: { cluster: name, user: 'operator', namespace: 'microservices' } }],
    'current-context': name,
  });
}
