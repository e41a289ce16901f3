import { isError } from '@backstage/errors';
import { targetKeyOf } from '../database/runRow';
import type { Caller } from './Caller';
import type { OperationRegistry } from './OperationRegistry';
import type { TargetService } from './TargetService';

/** What the service stands on. */
export interface FrozenTargetsOptions {
  registry: OperationRegistry;
  targets: TargetService;
}

/** Finds what an entity stands for upstream, so that a freeze of it holds changes of that through other entities too. */
export class FrozenTargets {
  readonly #options: FrozenTargetsOptions;

  constructor(options: FrozenTargetsOptions) {
    this.#options = options;
  }

  /**
   * Keys of the targets of all operations on the entity; none where there is no such entity or nothing behind it.
   *
   * @throws what an operation's `resolve` throws when its upstream does not answer: the freeze would not hold everything
   */
  async keysOf(entityRef: string, options: { caller: Caller; signal: AbortSignal }): Promise<string[]> {
    const { registry, targets } = this.#options;
    const entity = await targets.getEntity(entityRef, options.caller).catch(ignoreAbsent);
    if (!entity) return [];
    const operations = registry.list().filter(({ subject = 'entity' }) => subject === 'entity');
    const applicable = operations.filter(operation => operation.appliesTo(entity));
    const resolved = await Promise.all(
      applicable.map(operation =>
        operation.resolve({ entity, entityRef, input: undefined, signal: options.signal }).catch(ignoreAbsent),
      ),
    );
    return [...new Set(resolved.flatMap(found => (found ? [targetKeyOf(found.target)] : [])))];
  }
}

/** An entity that names no single thing has none that could be changed through it. */
function ignoreAbsent(error: unknown): undefined {
  if (isError(error) && (error.name === 'NotFoundError' || error.name === 'InputError')) return undefined;
  throw error;
}
