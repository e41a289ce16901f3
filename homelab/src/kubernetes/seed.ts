import { ManualClock, type Random } from '../core';
import { Cluster } from './Cluster';
import type { ImageRegistry } from './imageRegistry';
import type { KubernetesObject } from './model';
import { resourceTypeOf } from './resourceTypes';
import { generateSnapshot, type GeneratedSeed } from './seedGenerated';
import { nodeObject, systemNamespaces } from './seedNodes';
import { workloadObject } from './seedWorkloads';
import type { Snapshot } from './state/ObjectStore';
import type { Story } from './stories/Story';
import { stories } from './stories/stories';

/** The three clusters of the homelab by name; `todo-app`: the first one's oldest applications; `empty`: nodes alone. */
export type SeedName = keyof typeof stories;

/** What a seed depends on. */
export interface SeedOptions {
  /** Milliseconds since the epoch; the story ends here. */
  now: number;
  random: Random;
  registry: ImageRegistry;
}

const minuteMs = 60_000;
const storyMs = 40 * 24 * 60 * minuteMs;
const autoscaledMs = 30 * minuteMs;

interface Chapter {
  agoMs: number;
  object: KubernetesObject;
}

/** Everything that happens after the beginning, in its order. */
function chaptersOf(story: Story): Chapter[] {
  const releases = story.workloads.flatMap(workload =>
    workload.releases.map(({ agoMs, tag }) => ({ agoMs, object: workloadObject(workload, tag) })),
  );
  const scaling = story.autoscalers.map(object => ({ agoMs: autoscaledMs, object }));
  return [...releases, ...scaling].sort((left, right) => right.agoMs - left.agoMs);
}

/** Writes as the team's Helm chart does: creates an object, or gives a workload the next template and change cause. */
function apply(cluster: Cluster, object: KubernetesObject): void {
  const type = resourceTypeOf(object.kind);
  const { namespace, name } = object.metadata;
  const live = cluster.store.get(type.kind, namespace, name) as KubernetesObject | undefined;
  if (!live) {
    cluster.resources.create(type, object, { manager: 'helm' });
    return;
  }
  const metadata = { ...live.metadata, annotations: { ...live.metadata.annotations, ...object.metadata.annotations } };
  cluster.resources.update(live, { ...live, metadata, spec: object.spec }, { manager: 'helm' });
}

/** Lives through the story on a clock of its own, with the real controllers, so that every time and number fits. */
export function seedSnapshot(seed: SeedName | GeneratedSeed, options: SeedOptions): Snapshot {
  if (typeof seed === 'object') return generateSnapshot(seed, options);
  const { now, random, registry } = options;
  const story: Story = stories[seed];
  const startMs = now - storyMs;
  const clock = new ManualClock(startMs);
  using cluster = new Cluster({ clock, random, registry, podStartMs: 2_500 });
  const create = (object: KubernetesObject) => {
    const created = cluster.resources.create(resourceTypeOf(object.kind), object, { manager: 'k3s' });
    if (!object.status) return;
    const withStatus = { ...created, status: object.status };
    cluster.resources.update(created, withStatus, { manager: 'k3s', subresource: 'status' });
  };
  systemNamespaces.forEach(create);
  for (const node of story.nodes) create(nodeObject(node, startMs));
  for (const name of story.namespaces) {
    create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
  }
  story.surroundings.forEach(create);
  for (const { agoMs, object } of chaptersOf(story)) {
    clock.advance(now - agoMs - clock.now());
    apply(cluster, object);
  }
  clock.advance(now - clock.now());
  return cluster.store.snapshot();
}
