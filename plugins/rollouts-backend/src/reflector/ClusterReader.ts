import type { WorkloadKind } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient, LogSelection, ResourceType } from '../client/KubernetesClient';
import { autoscalerType, type HorizontalPodAutoscaler } from '../model/autoscalerObjects';
import {
  namespaceType,
  nodeMetricsType,
  nodeType,
  podMetricsType,
  type KubernetesNamespace,
  type KubernetesNode,
  type NodeMetrics,
  type PodMetrics,
} from '../model/clusterObjects';
import {
  controllerUidOf,
  deploymentType,
  eventType,
  podType,
  replicaSetType,
  type Deployment,
  type KubernetesEvent,
  type KubernetesPod,
  type ReplicaSet,
} from '../model/kubernetesObjects';
import {
  endpointSliceType,
  ingressType,
  serviceType,
  type EndpointSlice,
  type Ingress,
  type Service,
} from '../model/networkObjects';
import {
  cronJobType,
  daemonSetType,
  jobType,
  statefulSetType,
  type CronJob,
  type DaemonSet,
  type Job,
  type StatefulSet,
  type WorkloadObject,
} from '../model/workloadObjects';
import { ObjectIndex } from './ObjectIndex';
import { PollingSource } from './PollingSource';
import { Reflector, type ReflectorOptions } from './Reflector';
import type { SharedSource } from './SharedSource';
import { SourceGroup } from './SourceGroup';

/** How the sources of a cluster behave. */
export interface ClusterReaderOptions extends Omit<ReflectorOptions<never>, 'client' | 'type' | 'selection'> {
  /** Between two readings of what cannot be watched, in milliseconds. Default: 15,000. */
  pollMs?: number;
}

/** What is known of one cluster, shared by everybody who reads it in this process; each type is read only while it is wanted. */
export class ClusterReader {
  readonly name: string;
  readonly deployments: Reflector<Deployment>;
  readonly statefulSets: Reflector<StatefulSet>;
  readonly daemonSets: Reflector<DaemonSet>;
  readonly cronJobs: Reflector<CronJob>;
  readonly jobs: Reflector<Job>;
  readonly replicaSets: Reflector<ReplicaSet>;
  readonly pods: Reflector<KubernetesPod>;
  readonly events: Reflector<KubernetesEvent>;
  readonly services: Reflector<Service>;
  readonly endpointSlices: Reflector<EndpointSlice>;
  readonly ingresses: Reflector<Ingress>;
  readonly autoscalers: Reflector<HorizontalPodAutoscaler>;
  readonly nodes: Reflector<KubernetesNode>;
  readonly namespaces: Reflector<KubernetesNamespace>;
  /** By name. */
  readonly nodeMetrics: PollingSource<NodeMetrics>;
  /** One entry, `version`. */
  readonly version: PollingSource<string>;
  readonly replicaSetsByOwner: ObjectIndex<ReplicaSet>;
  readonly jobsByOwner: ObjectIndex<Job>;
  readonly podsByOwner: ObjectIndex<KubernetesPod>;
  readonly eventsByObject: ObjectIndex<KubernetesEvent>;
  readonly servicesByNamespace: ObjectIndex<Service>;
  readonly endpointSlicesByNamespace: ObjectIndex<EndpointSlice>;
  readonly ingressesByNamespace: ObjectIndex<Ingress>;
  readonly autoscalersByNamespace: ObjectIndex<HorizontalPodAutoscaler>;
  /** What a list of workloads stands on. */
  readonly forList: SourceGroup;
  /** What the page of the cluster stands on. */
  readonly forCluster: SourceGroup;
  readonly #listed: readonly SharedSource<unknown>[];
  readonly #workloadsByPlace: Record<WorkloadKind, Pick<ObjectIndex<WorkloadObject>, 'get'>>;
  readonly #podMetrics = new Map<string, PollingSource<PodMetrics>>();
  readonly #client: KubernetesClient;
  readonly #options: ClusterReaderOptions;
  #isClosed = false;

  constructor(client: KubernetesClient, options: ClusterReaderOptions = {}) {
    const reflect = <TObject extends { metadata: { uid: string } }>(type: ResourceType<TObject>) =>
      new Reflector<TObject>({ ...options, client, type });
    this.#client = client;
    this.#options = options;
    this.name = client.cluster;
    this.deployments = reflect(deploymentType);
    this.statefulSets = reflect(statefulSetType);
    this.daemonSets = reflect(daemonSetType);
    this.cronJobs = reflect(cronJobType);
    this.jobs = reflect(jobType);
    this.replicaSets = reflect(replicaSetType);
    this.pods = reflect(podType);
    this.events = reflect(eventType);
    this.services = reflect(serviceType);
    this.endpointSlices = reflect(endpointSliceType);
    this.ingresses = reflect(ingressType);
    this.autoscalers = reflect(autoscalerType);
    this.nodes = reflect(nodeType);
    this.namespaces = reflect(namespaceType);
    this.nodeMetrics = this.#poll('metrics', async signal => {
      const { items } = await client.list(nodeMetricsType, {}, signal);
      return new Map(items.map(item => [item.metadata.name, item]));
    });
    this.version = this.#poll('version', async signal => new Map([['version', await client.version(signal)]]));
    this.replicaSetsByOwner = new ObjectIndex(this.replicaSets, controllerUidOf);
    this.jobsByOwner = new ObjectIndex(this.jobs, controllerUidOf);
    this.podsByOwner = new ObjectIndex(this.pods, controllerUidOf);
    this.eventsByObject = new ObjectIndex(this.events, event => event.involvedObject.uid);
    this.servicesByNamespace = new ObjectIndex(this.services, namespaceOf);
    this.endpointSlicesByNamespace = new ObjectIndex(this.endpointSlices, namespaceOf);
    this.ingressesByNamespace = new ObjectIndex(this.ingresses, namespaceOf);
    this.autoscalersByNamespace = new ObjectIndex(this.autoscalers, namespaceOf);
    const byPlace = <TObject extends WorkloadObject>(source: Reflector<TObject>) =>
      new ObjectIndex<TObject>(source, ({ metadata }) => placeOf(metadata));
    this.#workloadsByPlace = {
      Deployment: byPlace(this.deployments),
      StatefulSet: byPlace(this.statefulSets),
      DaemonSet: byPlace(this.daemonSets),
      CronJob: byPlace(this.cronJobs),
    };
    this.#listed = [...Object.values(this.workloads), this.jobs, this.replicaSets, this.pods];
    this.forList = new SourceGroup(this.#listed);
    this.forCluster = new SourceGroup([...this.#listed, this.nodes, this.namespaces], [this.nodeMetrics, this.version]);
  }

  /** The source of each kind of workload. */
  get workloads(): Readonly<Record<WorkloadKind, SharedSource<WorkloadObject>>> {
    return {
      Deployment: this.deployments,
      StatefulSet: this.statefulSets,
      DaemonSet: this.daemonSets,
      CronJob: this.cronJobs,
    };
  }

  /** What the containers of a namespace use, by pod; `metrics.k8s.io` cannot be watched, so it is asked by namespace. */
  podMetrics(namespace: string): PollingSource<PodMetrics> {
    const known = this.#podMetrics.get(namespace);
    if (known) return known;
    const source = this.#poll('metrics', async signal => {
      const { items } = await this.#client.list(podMetricsType, { namespace }, signal);
      return new Map(items.map(item => [item.metadata.name, item]));
    });
    source.onChange(() => {
      if (source.state.status === 'stopped') this.#podMetrics.delete(namespace);
    });
    this.#podMetrics.set(namespace, source);
    if (this.#isClosed) void source.close(); // nobody would close it any more
    return source;
  }

  /** What the page of a workload in this namespace stands on. */
  forWorkload(namespace: string): SourceGroup {
    const { events, services, endpointSlices, ingresses, autoscalers, nodes } = this;
    const around = [events, services, endpointSlices, ingresses, autoscalers, nodes];
    return new SourceGroup([...this.#listed, ...around], [this.podMetrics(namespace)]);
  }

  findWorkload(kind: WorkloadKind, place: { namespace: string; name: string }): WorkloadObject | undefined {
    return this.#workloadsByPlace[kind].get(placeOf(place))[0];
  }

  /** One pod, from its cluster directly; undefined where there is none. Needs no right beside that to list pods. */
  async findPod(place: { namespace: string; name: string }, signal: AbortSignal): Promise<KubernetesPod | undefined> {
    const { namespace, name } = place;
    const selection = { namespace, fieldSelector: `metadata.name=${name}` };
    const { items } = await this.#client.list(podType, selection, signal);
    return items.find(({ metadata }) => metadata.name === name);
  }

  /** A container's log, which is read once and not kept. */
  openLog(
    pod: { namespace: string; name: string },
    selection: LogSelection,
    signal: AbortSignal,
  ): ReturnType<KubernetesClient['openLog']> {
    return this.#client.openLog(pod, selection, signal);
  }

  /** Ends everything that runs; resolves when it has. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#client.close();
    const { events, services, endpointSlices, ingresses, autoscalers, nodes, namespaces, nodeMetrics, version } = this;
    const around = [events, services, endpointSlices, ingresses, autoscalers, ...this.#podMetrics.values()];
    const ofCluster = [nodes, namespaces, nodeMetrics, version];
    await Promise.all([...this.#listed, ...around, ...ofCluster].map(source => source.close()));
  }

  #poll<TObject>(what: string, read: (signal: AbortSignal) => Promise<Map<string, TObject>>): PollingSource<TObject> {
    const { pollMs, idleMs, now } = this.#options;
    return new PollingSource({ cluster: this.name, what, read, intervalMs: pollMs, idleMs, now });
  }
}

function namespaceOf({ metadata }: { metadata: { namespace: string } }): string {
  return metadata.namespace;
}

function placeOf(metadata: { namespace: string; name: string }): string {
  return `${metadata.namespace}/${metadata.name}`;
}
