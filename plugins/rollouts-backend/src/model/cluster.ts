import type { Cluster, ClusterNode, ClusterSummary, Freshness } from '@leitstand/plugin-rollouts-common';
import type { KubernetesNamespace, KubernetesNode, NodeMetrics } from './clusterObjects';
import { entityNameOf } from '@leitstand/plugin-discovery-node';
import type { KubernetesPod } from './kubernetesObjects';
import { computeQuantitiesOf, parseQuantity, sumOfQuantities } from './quantity';
import { requestsOf } from './resources';

/** A cluster with everything that its page shows. */
export interface ClusterParts {
  name: string;
  version: string | undefined;
  nodes: readonly KubernetesNode[];
  metrics: ReadonlyMap<string, NodeMetrics>;
  pods: readonly KubernetesPod[];
  namespaces: readonly KubernetesNamespace[];
  /** Of each workload that is listed. */
  workloads: readonly { namespace: string; isProblem: boolean }[];
  /** Namespaces that are not listed. */
  isLeftOut: (namespace: string) => boolean;
  missing: Cluster['missing'];
  freshness: Freshness;
}

/** Conditions of a node that are bad news when they are true. */
const pressures: Readonly<Record<string, string>> = {
  MemoryPressure: 'It runs out of memory.',
  DiskPressure: 'It runs out of disk space.',
  PIDPressure: 'It runs out of process ids.',
  NetworkUnavailable: 'Its network is not set up.',
};

const roleLabel = 'node-role.kubernetes.io/';

/** Puts together what a cluster's page shows. */
export function clusterOf(parts: ClusterParts): Cluster {
  const present = parts.pods.filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed');
  const podsByNode = groupBy(present, ({ spec }) => spec.nodeName ?? '');
  const nodeList = parts.nodes
    .map(node => nodeOf(node, podsByNode.get(node.metadata.name) ?? [], parts.metrics.get(node.metadata.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const used = nodeList.flatMap(({ usage }) => usage ?? []);
  return {
    name: parts.name,
    entityRef: `resource:default/${entityNameOf(parts.name)}`,
    version: parts.version,
    nodes: { total: nodeList.length, ready: nodeList.filter(({ isReady }) => isReady).length },
    workloads: {
      total: parts.workloads.length,
      problems: parts.workloads.filter(({ isProblem }) => isProblem).length,
    },
    pods: {
      total: present.length,
      running: present.filter(({ status }) => status.phase === 'Running').length,
      capacity: nodeList.reduce((sum, { podCapacity }) => sum + podCapacity, 0),
    },
    allocatable: sumOfQuantities(nodeList.map(({ allocatable }) => allocatable)),
    requested: sumOfQuantities(nodeList.map(({ requested }) => requested)),
    usage: used.length > 0 ? sumOfQuantities(used) : undefined,
    freshness: parts.freshness,
    nodeList,
    namespaces: namespacesOf(parts, present),
    missing: parts.missing,
  };
}

/** What a list of clusters shows of one. */
export function clusterSummaryOf(cluster: Cluster): ClusterSummary {
  const { nodeList: _, namespaces: __, missing: ___, ...summary } = cluster;
  return summary;
}

function nodeOf(node: KubernetesNode, pods: readonly KubernetesPod[], metrics: NodeMetrics | undefined): ClusterNode {
  const { metadata, spec, status } = node;
  return {
    name: metadata.name,
    isReady: status.conditions.some(({ type, status: state }) => type === 'Ready' && state === 'True'),
    isCordoned: spec.unschedulable,
    roles: Object.keys(metadata.labels)
      .flatMap(label => (label.startsWith(roleLabel) ? [label.slice(roleLabel.length)] : []))
      .sort(),
    kubeletVersion: status.nodeInfo.kubeletVersion,
    osImage: status.nodeInfo.osImage,
    createdAt: metadata.creationTimestamp,
    allocatable: computeQuantitiesOf(status.allocatable),
    requested: sumOfQuantities(pods.map(requestsOf)),
    usage: metrics && computeQuantitiesOf(metrics.usage),
    podCount: pods.length,
    podCapacity: Math.floor(parseQuantity(status.allocatable.pods) ?? 0),
    problems: problemsOf(node),
  };
}

function problemsOf({ spec, status }: KubernetesNode): string[] {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  const notReady =
    ready?.status === 'True'
      ? []
      : [`It is not ready${ready?.reason ? ` (${ready.reason})` : ''}: its pods are moved away.`];
  const pressed = status.conditions.flatMap(({ type, status: state }) =>
    state === 'True' && pressures[type] ? [pressures[type]] : [],
  );
  return [...notReady, ...pressed, ...(spec.unschedulable ? ['It is cordoned: it gets no new pods.'] : [])];
}

/** Those with something in them are listed even where namespaces themselves may not be read. */
function namespacesOf(parts: ClusterParts, pods: readonly KubernetesPod[]): Cluster['namespaces'] {
  const podsByNamespace = groupBy(pods, ({ metadata }) => metadata.namespace);
  const workloadsByNamespace = groupBy(parts.workloads, ({ namespace }) => namespace);
  const names = new Set([
    ...parts.namespaces.map(({ metadata }) => metadata.name),
    ...podsByNamespace.keys(),
    ...workloadsByNamespace.keys(),
  ]);
  return [...names]
    .filter(name => !parts.isLeftOut(name))
    .sort()
    .map(name => ({
      name,
      workloadCount: workloadsByNamespace.get(name)?.length ?? 0,
      podCount: podsByNamespace.get(name)?.length ?? 0,
    }));
}

function groupBy<TItem>(items: readonly TItem[], keyOf: (item: TItem) => string): Map<string, TItem[]> {
  const groups = new Map<string, TItem[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
