import { ManualClock, type Random } from '../core';
import { Cluster } from './Cluster';
import type { ImageRegistry } from './imageRegistry';
import type { Deployment, KubernetesObject } from './model';
import { resourceTypeOf } from './resourceTypes';
import { generateSnapshot, type GeneratedSeed } from './seedGenerated';
import { seededDeployments, type Release } from './seedWorkloads';
import { nodeObject, systemNamespaces, type NodeDescription } from './seedNodes';
import type { Snapshot } from './state/ObjectStore';

/** `empty`: nodes and system namespaces; `todo-app`: the story of the todo app whose last release is stuck. */
export type SeedName = 'todo-app' | 'empty';

/** What a seed depends on. */
export interface SeedOptions {
  /** Milliseconds since the epoch; the story ends here. */
  now: number;
  random: Random;
  registry: ImageRegistry;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const nodes: NodeDescription[] = [
  { name: 'k3s-5f2a91c3-server', ip: '10.50.15.21', isControlPlane: true },
  { name: 'k3s-5f2a91c3-agent-1', ip: '10.50.15.22', isControlPlane: false },
  { name: 'k3s-5f2a91c3-agent-2', ip: '10.50.15.23', isControlPlane: false },
];

/** How long ago each release was rolled out, in milliseconds. */
const releases: { agoMs: number; release: Release }[] = [
  { agoMs: 34 * dayMs, release: { app: 'caloguessr', version: 'v1.0' } },
  { agoMs: 30 * dayMs, release: { app: 'backend', version: 'v1.0.0' } },
  { agoMs: 30 * dayMs - 4 * minuteMs, release: { app: 'frontend', version: 'v1.1.0' } },
  { agoMs: 19 * dayMs, release: { app: 'backend', version: 'v1.1.0' } },
  { agoMs: 11 * dayMs, release: { app: 'caloguessr', version: 'v1.1' } },
  { agoMs: 6 * dayMs, release: { app: 'backend', version: 'v1.5.2' } },
  { agoMs: 6 * dayMs - 7 * minuteMs, release: { app: 'frontend', version: 'v1.5.2' } },
  { agoMs: 20 * minuteMs, release: { app: 'backend', version: 'v1.6.0' } },
];

/** Writes as the team's Helm chart does: creates a Deployment, or gives it the next template and change cause. */
function rollOut(cluster: Cluster, deployment: Deployment): void {
  const type = resourceTypeOf('Deployment');
  const { namespace, name } = deployment.metadata;
  const live = cluster.store.get('Deployment', namespace, name);
  if (!live) {
    cluster.resources.create(type, deployment, { manager: 'helm' });
    return;
  }
  const metadata = {
    ...live.metadata,
    annotations: { ...live.metadata.annotations, ...deployment.metadata.annotations },
  };
  cluster.resources.update(live, { ...live, metadata, spec: deployment.spec }, { manager: 'helm' });
}

/** Lives through the story on a clock of its own, with the real controllers, so that every time and number fits. */
export function seedSnapshot(seed: SeedName | GeneratedSeed, options: SeedOptions): Snapshot {
  if (typeof seed === 'object') return generateSnapshot(seed, options);
  const { now, random, registry } = options;
  const startMs = now - 40 * dayMs;
  const clock = new ManualClock(startMs);
  using cluster = new Cluster({ clock, random, registry, podStartMs: 2_500 });
  const create = (object: KubernetesObject) =>
    cluster.resources.create(resourceTypeOf(object.kind), object, { manager: 'k3s' });
  systemNamespaces.forEach(create);
  for (const node of nodes) create(nodeObject(node, startMs));
  if (seed === 'todo-app') {
    for (const object of seededDeployments.surroundings) create(object);
    for (const { agoMs, release } of releases) {
      clock.advance(now - agoMs - clock.now());
      rollOut(cluster, seededDeployments.deploymentOf(release));
    }
  }
  clock.advance(now - clock.now());
  return cluster.store.snapshot();
}
