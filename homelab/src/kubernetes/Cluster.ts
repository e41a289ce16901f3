import type { Clock, Random } from '../core';
import type { ControllerContext } from './controllers/ControllerContext';
import { ControllerManager } from './controllers/ControllerManager';
import { DeploymentController } from './controllers/deployment/DeploymentController';
import { EventRecorder } from './controllers/EventRecorder';
import { GarbageCollector } from './controllers/GarbageCollector';
import { Kubelet } from './controllers/Kubelet';
import { NamespaceController } from './controllers/NamespaceController';
import { ReplicaSetController } from './controllers/ReplicaSetController';
import { Scheduler } from './controllers/Scheduler';
import type { ImageRegistry } from './imageRegistry';
import { ObjectStore, type Snapshot } from './state/ObjectStore';
import { Resources } from './state/Resources';

/** What a cluster is made of. */
export interface ClusterOptions {
  clock: Clock;
  random: Random;
  registry: ImageRegistry;
  podStartMs: number;
  /** Starts from here instead of from nothing. */
  state?: Snapshot;
}

/** A cluster without its network: objects, what the API does with them, and the controllers that react. */
export class Cluster implements Disposable {
  readonly store = new ObjectStore();
  readonly resources: Resources;
  readonly clock: Clock;
  private readonly controllers: ControllerManager;

  constructor(options: ClusterOptions) {
    const { clock, random, registry, podStartMs, state } = options;
    this.clock = clock;
    if (state) this.store.restore(state);
    this.resources = new Resources(this.store, clock, random);
    const events = new EventRecorder(this.store, this.resources, { clock, random });
    const context: ControllerContext = { store: this.store, resources: this.resources, clock, random, events };
    this.controllers = new ControllerManager(this.store, clock, [
      new NamespaceController(context),
      new GarbageCollector(context),
      new DeploymentController(context),
      new ReplicaSetController(context),
      new Scheduler(context),
      new Kubelet(context, { podStartMs, registry }),
    ]);
    if (state) this.controllers.resync();
  }

  [Symbol.dispose](): void {
    this.controllers[Symbol.dispose]();
  }
}
