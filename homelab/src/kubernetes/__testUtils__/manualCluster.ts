// A cluster with nodes on a clock that stands still, without its network.
import { createRandom, ManualClock } from '../../core';
import { Cluster } from '../Cluster';
import { createImageRegistry, type ImageBehaviour } from '../imageRegistry';
import type { Kind, KindMap, KubernetesObject } from '../model';
import { seedSnapshot } from '../seed';
import type { UsageSource } from '../usage';

/** What differs from an empty cluster; images are by their complete reference. */
export interface ManualClusterOptions {
  behaviours?: Record<string, ImageBehaviour>;
  usage?: UsageSource;
}

/** @returns the cluster, its clock, and short ways to act in the namespace `default` */
export function startManualCluster({ behaviours = {}, usage }: ManualClusterOptions = {}) {
  const clock = new ManualClock();
  const random = createRandom(1);
  const images = createImageRegistry();
  const registry = (image: string) => behaviours[image] ?? images(image);
  const state = seedSnapshot('empty', { now: clock.now(), random, registry });
  const cluster = new Cluster({ clock, random, registry, podStartMs: 1_000, state, usage });
  const namespace = 'default';
  const get = <K extends Kind>(kind: K, name: string): KindMap[K] => {
    const found = cluster.store.get(kind, namespace, name);
    if (!found) throw new Error(`no ${kind} ${name}`);
    return found;
  };
  return {
    cluster,
    clock,
    get,
    list: <K extends Kind>(kind: K): KindMap[K][] => cluster.store.list(kind, namespace),
    create: (object: { apiVersion: string; kind: string; metadata: { name: string } } & Record<string, unknown>) =>
      cluster.resources.create(
        cluster.store.typeOf(object.kind),
        { ...object, metadata: { ...object.metadata, namespace } } as KubernetesObject,
        { manager: 'test' },
      ),
    update: <K extends Kind>(kind: K, name: string, change: (object: KindMap[K]) => void) => {
      const next = structuredClone(get(kind, name));
      change(next);
      cluster.resources.update(get(kind, name), next, { manager: 'test' });
    },
    remove: (kind: Kind, name: string, propagationPolicy = 'Background') =>
      cluster.resources.delete(cluster.store.typeOf(kind), get(kind, name), { propagationPolicy }),
    /** `reason message`, in order of their first time. */
    events: (name: string): string[] =>
      cluster.store
        .list('Event', namespace)
        .filter(event => event.involvedObject.name === name)
        .map(event => `${event.reason}: ${event.message}`),
  };
}

/** A pod template of one container. */
export function template(image: string, spec: object = {}) {
  return { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'main', image }], ...spec } };
}
