import type { Clock, Random } from '../../core';
import { formatTime } from '../codec/timestamp';
import type { Event, KubernetesObject } from '../model';
import { resourceTypeOf } from '../resourceTypes';
import type { ObjectStore } from '../state/ObjectStore';
import type { Resources } from '../state/Resources';

/** What an event says. */
export interface EventDescription {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** Who saw it: `kubelet`, `deployment-controller`. */
  component: string;
  /** The node, for kubelets. */
  host?: string;
}

/** The API server's `--event-ttl`. */
const lifetimeMs = 60 * 60 * 1000;
/** Expired events are looked for at most this often. */
const sweepIntervalMs = 60_000;
const eventType = resourceTypeOf('Event');

/** Writes events as client-go's recorder does: the same one again only counts up. */
export class EventRecorder {
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: ObjectStore,
    private readonly resources: Resources,
    private readonly time: { clock: Clock; random: Random },
  ) {}

  record(object: KubernetesObject, description: EventDescription): void {
    this.dropExpired();
    const { namespace = 'default' } = object.metadata;
    // What is about to vanish with its namespace can have no more events; the real API refuses them as well.
    if (this.store.get('Namespace', undefined, namespace)?.metadata.deletionTimestamp) return;
    const now = formatTime(this.time.clock.now());
    const same = this.find(object, description);
    if (same) {
      const next: Event = { ...same, count: same.count + 1, lastTimestamp: now };
      this.resources.update(same, next, { manager: 'k3s' });
      return;
    }
    this.resources.create(eventType, this.describe(object, description, now), { manager: 'k3s' });
  }

  private find(object: KubernetesObject, description: EventDescription): Event | undefined {
    return this.store
      .list('Event', object.metadata.namespace ?? 'default')
      .find(
        event =>
          event.involvedObject.uid === object.metadata.uid &&
          event.reason === description.reason &&
          event.message === description.message,
      );
  }

  private describe(object: KubernetesObject, description: EventDescription, now: string): Event {
    const { name, namespace = 'default', uid } = object.metadata;
    const { type, reason, message, component, host } = description;
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${this.time.random.text(16, '0123456789abcdef')}`, namespace },
      involvedObject: {
        apiVersion: object.apiVersion,
        kind: object.kind,
        name,
        namespace: object.metadata.namespace,
        uid,
      },
      type,
      reason,
      message,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: { component, ...(host && { host }) },
    };
  }

  private dropExpired(): void {
    const now = this.time.clock.now();
    if (now - this.sweptAt < sweepIntervalMs) return;
    this.sweptAt = now;
    const oldest = formatTime(now - lifetimeMs);
    for (const event of this.store.list('Event')) {
      if (event.lastTimestamp < oldest) this.resources.delete(eventType, event);
    }
  }
}
