import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import type { EntitySession } from './LeasedEntityProvider';

/** Longest time between two full mutations, in milliseconds; a full one also brings back what a withdrawn registration hid. */
const fullMutationEveryMs = 10 * 60_000;

/**
 * Tells the catalogue what changed. Until everything was read once, only additions are told, because a full mutation would
 * remove what an earlier process found elsewhere: absent is not failed.
 */
export class CatalogTeller {
  readonly #session: EntitySession;
  readonly #now: () => number;
  #told = new Map<string, string>();
  #lastFullAt: number | undefined;

  constructor(session: EntitySession, now: () => number = Date.now) {
    this.#session = session;
    this.#now = now;
  }

  /**
   * @param isComplete - whether these are all that there are
   * @throws ConflictError when the lease is lost; the catalogue's error when it does not take what it is told
   */
  async tell(entities: readonly Entity[], isComplete: boolean): Promise<void> {
    const next = new Map(entities.map(entity => [stringifyEntityRef(entity), JSON.stringify(entity)]));
    const mutation = this.#mutationFor(entities, { next, isComplete });
    if (!mutation) return;
    await this.#session.held.assertHeld();
    await this.#session.connection.applyMutation(mutation);
    if (mutation.type === 'full') this.#lastFullAt = this.#now();
    this.#told = next;
  }

  #mutationFor(
    entities: readonly Entity[],
    { next, isComplete }: { next: ReadonlyMap<string, string>; isComplete: boolean },
  ): EntityProviderMutation | undefined {
    const isFullDue = this.#lastFullAt === undefined || this.#now() - this.#lastFullAt >= fullMutationEveryMs;
    if (isFullDue && isComplete) return { type: 'full', entities: entities.map(deferred) };
    const added = entities.filter(entity => {
      const ref = stringifyEntityRef(entity);
      return this.#told.get(ref) !== next.get(ref);
    });
    const removed = [...this.#told.keys()].filter(ref => !next.has(ref));
    if (added.length === 0 && removed.length === 0) return undefined;
    return {
      type: 'delta',
      added: added.map(deferred),
      removed: removed.map(entityRef => ({ entityRef })),
    };
  }
}

/** Without a location key: a registered entity of the same name wins. */
function deferred(entity: Entity): { entity: Entity } {
  return { entity };
}
