// Endpoints and EndpointSlices: https://kubernetes.io/docs/concepts/services-networking/service/#endpointslices
import type { EndpointPort, Endpoints, KubernetesObject, Pod, Service, ServicePort } from '../model';
import { resourceTypeOf, type ResourceType } from '../resourceTypes';
import { matchesSelector } from '../codec/selectors';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import {
  controllerManager,
  controllerReference,
  keyOf,
  splitKey,
  writeObject,
  writeStatus,
  type ControllerContext,
} from './ControllerContext';
import { isFinishedPod } from './ownedPods';
import { isReady } from './podStatus';

const endpointsType = resourceTypeOf('Endpoints');
const sliceType = resourceTypeOf('EndpointSlice');

/** The number of a service's port on a pod, which may be the name of a container's port. */
function portOn(pod: Pod, { name, targetPort, port, protocol }: ServicePort): EndpointPort[] {
  const declared = pod.spec.containers.flatMap(
    container => (container.ports ?? []) as { name?: string; containerPort: number }[],
  );
  const number =
    typeof targetPort === 'string' ? declared.find(other => other.name === targetPort)?.containerPort : targetPort;
  return number === undefined && typeof targetPort === 'string' ? [] : [{ name, port: number ?? port, protocol }];
}

function addressOf(pod: Pod) {
  const { name, namespace, uid } = pod.metadata;
  const targetRef = { apiVersion: 'v1', kind: 'Pod', name, namespace, uid };
  return { ip: pod.status.podIP ?? '', nodeName: pod.spec.nodeName, targetRef };
}

/** Keeps the list of pods behind each service, and the addresses of load balancers. */
export class EndpointsController implements Controller {
  readonly name = 'endpoints';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    if (change.kind === 'Service') return [keyOf(change.object)];
    if (change.kind !== 'Pod') return [];
    const pods = [change.object, ...(change.previous ? [change.previous] : [])];
    return this.context.store
      .list('Service', change.object.metadata.namespace)
      .filter(({ spec }) => spec.selector && pods.some(pod => this.isBehind(spec.selector, pod)))
      .map(keyOf);
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const { store, resources } = this.context;
    const service = store.get('Service', namespace, name);
    const endpoints = store.get('Endpoints', namespace, name);
    if (!service) {
      if (endpoints) resources.delete(endpointsType, endpoints);
      return;
    }
    this.addLoadBalancer(service);
    if (!service.spec.selector) return;
    const pods = store
      .list('Pod', namespace)
      .filter(pod => this.isBehind(service.spec.selector, pod) && pod.status.podIP && !isFinishedPod(pod))
      .filter(pod => !pod.metadata.deletionTimestamp)
      .sort((left, right) => left.metadata.name.localeCompare(right.metadata.name));
    const next: Endpoints = { ...this.base(service, name), subsets: this.subsets(service, pods) };
    this.write(endpointsType, endpoints, next);
    this.writeSlice(service, pods);
  }

  private isBehind(selector: Service['spec']['selector'], pod: KubernetesObject): boolean {
    return matchesSelector({ matchLabels: selector }, pod.metadata.labels);
  }

  private base(service: Service, name: string, labels = {}): KubernetesObject {
    const { namespace } = service.metadata;
    return {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name, namespace, labels: { ...service.metadata.labels, ...labels } },
    };
  }

  private portsOf(service: Service, pods: Pod[]): EndpointPort[] {
    return (service.spec.ports ?? []).flatMap(port => (pods.length > 0 ? portOn(pods[0], port) : []));
  }

  private subsets(service: Service, pods: Pod[]) {
    if (pods.length === 0) return undefined;
    const [ready, notReady] = [pods.filter(isReady), pods.filter(pod => !isReady(pod))];
    return [
      {
        ...(ready.length > 0 && { addresses: ready.map(addressOf) }),
        ...(notReady.length > 0 && { notReadyAddresses: notReady.map(addressOf) }),
        ports: this.portsOf(service, pods),
      },
    ];
  }

  private writeSlice(service: Service, pods: Pod[]): void {
    const label = { 'kubernetes.io/service-name': service.metadata.name };
    const live = this.context.store
      .dependentsOf(service.metadata.uid ?? '')
      .find(object => object.kind === 'EndpointSlice');
    const name = live?.metadata.name ?? `${service.metadata.name}-${this.context.random.text(5)}`;
    const { metadata } = this.base(service, name, label);
    const endpoints = pods.map(pod => {
      const { ip, ...rest } = addressOf(pod);
      return {
        addresses: [ip],
        conditions: { ready: isReady(pod), serving: isReady(pod), terminating: false },
        ...rest,
      };
    });
    this.write(sliceType, live, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, ownerReferences: [controllerReference(service)] },
      ...{ addressType: 'IPv4', endpoints, ports: this.portsOf(service, pods) },
    });
  }

  private write(type: ResourceType, live: KubernetesObject | undefined, next: KubernetesObject): void {
    if (!live) this.context.resources.create(type, next, { manager: controllerManager });
    else writeObject(this.context, live, { ...next, metadata: { ...live.metadata, ...next.metadata } });
  }

  /** k3s' own load balancer listens on every node. */
  private addLoadBalancer(service: Service): void {
    if (service.spec.type !== 'LoadBalancer' || service.status?.loadBalancer.ingress) return;
    const ingress = this.context.store.list('Node').flatMap(node => {
      const { addresses = [] } = node.status ?? {};
      return addresses.filter(({ type }) => type === 'InternalIP').map(({ address }) => ({ ip: address }));
    });
    if (ingress.length > 0) writeStatus(this.context, service, { loadBalancer: { ingress } });
  }
}
