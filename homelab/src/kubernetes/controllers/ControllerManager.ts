import type { Clock, Timer } from '../../core';
import { ApiError } from '../codec/ApiError';
import type { Change, ObjectStore } from '../state/ObjectStore';

/** Brings one kind of object closer to what its spec says, again and again. */
export interface Controller {
  readonly name: string;
  /** What has to be looked at because of a change. */
  keysOf(change: Change): string[];
  /** @returns after how many milliseconds to look again, if a change alone would not be reason enough */
  reconcile(key: string): number | undefined;
}

/** A controller whose write the API refused tries again after this time. */
const retryMs = 1_000;
/** So many keys in one go: a large cluster that starts must not keep its clients waiting. */
const batchCount = 200;
/** Timers know no more than 24 days; who waits longer is woken early and finds nothing to do. */
const maxDelayMs = 24 * 60 * 60 * 1_000;

/** Runs the controllers, one key after the other, whenever something changes. Owns their timers. */
export class ControllerManager implements Disposable {
  private readonly queue = new Set<string>();
  private readonly timers = new Map<string, Timer>();
  private readonly controllers: Map<string, Controller>;
  private readonly subscription: Disposable;
  private drainTimer: Timer | undefined;

  constructor(
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    controllers: Controller[],
  ) {
    this.controllers = new Map(controllers.map(controller => [controller.name, controller]));
    this.subscription = store.subscribe(change => this.onChange(change));
  }

  /** Looks at everything once, as after a start. */
  resync(): void {
    const { resourceVersion, types } = this.store;
    for (const { kind } of types) {
      for (const object of this.store.list(kind)) this.onChange({ type: 'ADDED', kind, object, resourceVersion });
    }
  }

  [Symbol.dispose](): void {
    this.subscription[Symbol.dispose]();
    this.drainTimer?.cancel();
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
    this.queue.clear();
  }

  private onChange(change: Change): void {
    for (const controller of this.controllers.values()) {
      for (const key of controller.keysOf(change)) this.enqueue(`${controller.name} ${key}`);
    }
  }

  private enqueue(item: string): void {
    this.queue.add(item);
    this.drainTimer ??= this.clock.setTimeout(() => this.drain(), 0);
  }

  private drain(): void {
    let count = 0;
    for (const item of this.queue) {
      if (count++ === batchCount) break;
      this.queue.delete(item);
      this.run(item);
    }
    this.drainTimer = this.queue.size > 0 ? this.clock.setTimeout(() => this.drain(), 0) : undefined;
  }

  private run(item: string): void {
    const [name, key] = item.split(' ');
    this.timers.get(item)?.cancel();
    this.timers.delete(item);
    const delayMs = this.reconcile(name, key);
    if (delayMs === undefined) return;
    const timer = this.clock.setTimeout(
      () => {
        this.timers.delete(item);
        this.enqueue(item);
      },
      Math.min(delayMs, maxDelayMs),
    );
    this.timers.set(item, timer);
  }

  private reconcile(name: string, key: string): number | undefined {
    try {
      return this.controllers.get(name)?.reconcile(key);
    } catch (error) {
      if (error instanceof ApiError) return retryMs;
      throw error;
    }
  }
}
