import type { IterationResult, ResourceName } from '../model';
import { idOf } from '../storage/resources';

/** A training that goes on. */
export interface Training {
  model: ResourceName;
  options: Record<string, unknown>;
  startedAt: number;
  /** So far. */
  iterations: IterationResult[];
}

/** Models in the making; others see one from its first iteration on. */
export class Trainings {
  private readonly running = new Map<string, Training>();

  begin(training: Training): Disposable {
    const id = idOf(training.model);
    this.running.set(id, training);
    return { [Symbol.dispose]: () => this.running.delete(id) };
  }

  /** @returns undefined before the first iteration, as BigQuery does not show it earlier */
  find(model: ResourceName): Training | undefined {
    const training = this.running.get(idOf(model));
    return training && training.iterations.length > 0 ? training : undefined;
  }
}
