import { setTimeout as delay } from 'node:timers/promises';
import type { KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';
import { localAddressAnnotation } from '../services/LocalAddresses';
import type { ClusterName } from './clusters';

/** Where the weather's front end is: its service is one of those that have an address on this machine. */
export async function weatherUrl(clusters: readonly KubernetesHomelab[]): Promise<string> {
  const cluster = clusters.find(({ name }) => name === ('gke-homelab-microservices' satisfies ClusterName));
  for (;;) {
    const service = cluster?.objects.get('Service', 'default', 'frontend-service');
    if (!service) return 'http://weather.invalid'; // somebody deleted it, which a kept state remembers
    const address = service.metadata.annotations?.[localAddressAnnotation];
    if (address) return address.replace(/\/$/, '');
    await delay(5);
  }
}
