import { ManualClock } from '../core';
import { Cluster } from './Cluster';
import type { KubernetesObject, Pod } from './model';
import { resourceTypeOf } from './resourceTypes';
import type { SeedOptions } from './seed';
import { nodeObject, systemNamespaces } from './seedNodes';
import type { Snapshot } from './state/ObjectStore';

/** A large cluster for benchmarks: Deployments named `workload-00001` and so on, all of whose pods run. */
export interface GeneratedSeed {
  workloads: number;
  podsPerWorkload: number;
  /** Namespaces `team-01` and so on that share the workloads; 20 by default. */
  namespaces?: number;
}

const hourMs = 3_600_000;
const podsPerNode = 100;
const tags = ['1.26', '1.27', '1.28'];
/** Words that stand in the pattern for what differs between the copies. */
const pattern = { name: 'seedworkload', namespace: 'seednamespace', image: 'nginx:1.28' };

function numbered(word: string, index: number, length: number): string {
  return `${word}-${String(index + 1).padStart(length, '0')}`;
}

/** One Deployment with its ReplicaSet and pods, as the real controllers made them. */
function livePattern(podCount: number, { now, random, registry }: SeedOptions): KubernetesObject[] {
  const clock = new ManualClock(now - 24 * hourMs);
  using cluster = new Cluster({ clock, random, registry, podStartMs: 2_500 });
  const node = nodeObject({ name: 'node', ip: '10.60.0.1', isControlPlane: false }, clock.now());
  const labels = { app: pattern.name };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: pattern.namespace } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: pattern.name, namespace: pattern.namespace, labels },
    spec: {
      replicas: podCount,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: pattern.image }] } },
    },
  };
  for (const object of [node, namespace, deployment]) {
    cluster.resources.create(resourceTypeOf(object.kind), object, { manager: 'generator' });
  }
  clock.advance(hourMs);
  const kinds = ['Deployment', 'ReplicaSet', 'Pod'];
  return cluster.store.snapshot().objects.filter(object => kinds.includes(object.kind));
}

/** Copies the pattern as text, which is all that it takes: every name, image and uid is a word of its own. */
function copyPattern(text: string, words: [from: string, to: string][]): KubernetesObject[] {
  return JSON.parse(words.reduce((copy, [from, to]) => copy.replaceAll(from, to), text)) as KubernetesObject[];
}

function placePod(pod: Pod, index: number, nodeCount: number): void {
  const node = index % nodeCount;
  const ip = `10.${100 + Math.floor(index / 65_536)}.${Math.floor(index / 256) % 256}.${index % 256}`;
  pod.spec.nodeName = numbered('node', node, 4);
  pod.status = { ...pod.status, podIP: ip, podIPs: [{ ip }], hostIP: nodeIp(node), hostIPs: [{ ip: nodeIp(node) }] };
}

function nodeIp(node: number): string {
  return `10.60.${Math.floor(node / 250)}.${(node % 250) + 1}`;
}

/** Everything is stored as it stands at rest: the controllers find nothing to do. */
export function generateSnapshot(seed: GeneratedSeed, options: SeedOptions): Snapshot {
  const { workloads, podsPerWorkload, namespaces: namespaceCount = 20 } = seed;
  const source = livePattern(podsPerWorkload, options);
  const text = JSON.stringify(source);
  const nodeCount = Math.max(1, Math.ceil((workloads * podsPerWorkload) / podsPerNode));
  const joinedMs = options.now - 24 * hourMs;
  const namespaces = Array.from({ length: Math.min(namespaceCount, workloads) }, (_, index) =>
    numbered('team', index, 2),
  );
  const nodes = Array.from({ length: nodeCount }, (_, index) =>
    nodeObject({ name: numbered('node', index, 4), ip: nodeIp(index), isControlPlane: false }, joinedMs),
  );
  const clock = new ManualClock(joinedMs);
  using cluster = new Cluster({ ...options, clock, podStartMs: 1 });
  const surroundings = [
    ...systemNamespaces,
    ...namespaces.map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...nodes,
  ];
  for (const object of surroundings) {
    cluster.resources.create(resourceTypeOf(object.kind), object, { manager: 'generator' });
  }
  const { objects, ...rest } = cluster.store.snapshot();
  let podIndex = 0;
  for (let index = 0; index < workloads; index++) {
    const copy = copyPattern(text, [
      [pattern.name, numbered('workload', index, 5)],
      [pattern.namespace, namespaces[index % namespaces.length]],
      [pattern.image, `nginx:${tags[index % tags.length]}`],
      ...source.map(({ metadata }): [string, string] => [metadata.uid ?? '', options.random.uuid()]),
    ]);
    for (const object of copy) {
      if (object.kind === 'Pod') placePod(object as Pod, podIndex++, nodeCount);
      object.metadata.resourceVersion = String(++rest.resourceVersion);
    }
    objects.push(...copy);
  }
  return { ...rest, objects };
}
