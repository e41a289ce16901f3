import type { KubernetesHomelab } from '@leitstand/homelab';
import type { ClusterConfig } from '../config';

/** How a homelab's cluster is reached. */
export function clusterConfigOf(
  homelab: KubernetesHomelab,
  options: { token?: string; name?: string; url?: string } = {},
): ClusterConfig {
  return {
    name: options.name ?? homelab.name,
    url: options.url ?? homelab.url,
    serviceAccountToken: options.token ?? homelab.tokens.reader,
    skipTLSVerify: true,
  };
}

/** Configuration of a portal that reads these clusters, and may change those of which it has the operator's token. */
export function portalConfigOf(clusters: ClusterConfig[], writable: Array<{ name: string; token: string }> = []) {
  return {
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ name, url, serviceAccountToken, skipTLSVerify }) => ({
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken,
            skipTLSVerify,
          })),
        },
      ],
    },
    operations: {
      upstreams: {
        kubernetes: { clusters: writable.map(({ name, token }) => ({ name, serviceAccountToken: token })) },
      },
    },
    leitstand: {
      fallbackOwner: 'group:default/platform-team',
      ownership: [
        { group: 'todo-team', kubernetes: [{ cluster: 'homelab-k3s', namespaces: ['microservices'] }] },
        { group: 'nutrition-team', kubernetes: [{ cluster: 'homelab-k3s', namespaces: ['caloguessr'] }] },
      ],
    },
  };
}
