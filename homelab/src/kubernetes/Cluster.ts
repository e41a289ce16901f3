import type { Clock, Random } from '../core';
import { formatTime } from './codec/timestamp';
import type { ControllerContext } from './controllers/ControllerContext';
import { ControllerManager } from './controllers/ControllerManager';
import { CronJobController } from './controllers/CronJobController';
import { DaemonSetController } from './controllers/DaemonSetController';
import { DeploymentController } from './controllers/deployment/DeploymentController';
import { EndpointsController } from './controllers/EndpointsController';
import { EventRecorder } from './controllers/EventRecorder';
import { GarbageCollector } from './controllers/GarbageCollector';
import { JobController } from './controllers/JobController';
import { Kubelet } from './controllers/Kubelet';
import { NamespaceController } from './controllers/NamespaceController';
import { PodAutoscaler } from './controllers/PodAutoscaler';
import { ReplicaSetController } from './controllers/ReplicaSetController';
import { Scheduler } from './controllers/Scheduler';
import { StatefulSetController } from './controllers/StatefulSetController';
import type { ImageRegistry } from './imageRegistry';
import type { KubernetesObject } from './model';
import type { ResourceType } from './resourceTypes';
import { ObjectStore, type Snapshot } from './state/ObjectStore';
import { Resources } from './state/Resources';
import { nodeMetrics, podMetrics, usageOf, type UsageSource } from './usage';

/** What a cluster is made of. */
export interface ClusterOptions {
  clock: Clock;
  random: Random;
  registry: ImageRegistry;
  podStartMs: number;
  /** What containers use: the metrics API and autoscalers read it; see {@link UsageSource} for the default. */
  usage?: UsageSource;
  /** Starts from here instead of from nothing. */
  state?: Snapshot;
}

/** A cluster without its network: objects, what the API does with them, and the controllers that react. */
export class Cluster implements Disposable {
  readonly store = new ObjectStore();
  readonly resources: Resources;
  readonly clock: Clock;
  readonly registry: ImageRegistry;
  readonly usage: UsageSource | undefined;
  private readonly controllers: ControllerManager;

  constructor(options: ClusterOptions) {
    const { clock, random, registry, podStartMs, state } = options;
    this.clock = clock;
    this.registry = registry;
    this.usage = options.usage;
    if (state) this.store.restore(state);
    this.resources = new Resources(this.store, clock, random);
    const events = new EventRecorder(this.store, this.resources, { clock, random });
    const context: ControllerContext = { store: this.store, resources: this.resources, clock, random, events };
    this.controllers = new ControllerManager(this.store, clock, [
      new NamespaceController(context),
      new GarbageCollector(context),
      new DeploymentController(context),
      new ReplicaSetController(context),
      new StatefulSetController(context),
      new DaemonSetController(context),
      new JobController(context),
      new CronJobController(context),
      new PodAutoscaler(context, options.usage),
      new EndpointsController(context),
      new Scheduler(context),
      new Kubelet(context, { podStartMs, registry }),
    ]);
    if (state) this.controllers.resync();
  }

  /** Everything of a kind, stored or computed. */
  list(type: ResourceType): KubernetesObject[] {
    if (!type.isComputed) return this.store.list(type.kind) as KubernetesObject[];
    const time = formatTime(this.clock.now());
    const pods = this.store.list('Pod');
    if (type.kind === 'PodMetrics') return pods.flatMap(pod => podMetrics(pod, this.usage, time) ?? []);
    const usedOn = (node: string) =>
      pods.filter(pod => pod.spec.nodeName === node).flatMap(pod => [...usageOf(pod, this.usage).values()]);
    return this.store.list('Node').map(node => nodeMetrics(node, usedOn(node.metadata.name), time));
  }

  [Symbol.dispose](): void {
    this.controllers[Symbol.dispose]();
  }
}
