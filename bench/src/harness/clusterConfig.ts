import type { KubernetesHomelab } from '@leitstand/homelab';

/** Name under which the portal knows the measured cluster. */
export const clusterName = 'bench';

/** The portal's configuration for one cluster that it reads with the token in `BENCH_TOKEN`. */
export function clusterConfigOf(cluster: KubernetesHomelab) {
  const reached = {
    name: clusterName,
    url: cluster.url,
    authProvider: 'serviceAccount',
    serviceAccountToken: '${BENCH_TOKEN}',
    skipTLSVerify: true,
  };
  return {
    kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters: [reached] }] },
    operations: { upstreams: { kubernetes: { clusters: [] } } },
  };
}
