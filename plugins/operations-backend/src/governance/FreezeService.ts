import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { Freeze, FreezeScope, OperationErrorCode, OperationTarget } from '@leitstand/plugin-operations-common';
import { randomUUID } from 'node:crypto';
import type { Place } from '@leitstand/plugin-operations-node';
import type { FreezeStore, StoredFreeze } from '../database/FreezeStore';
import { targetKeyOf } from '../database/runRow';
import type { LedgerStore } from '../ledger/LedgerStore';

/** How long a process may go by what it read last, in milliseconds. */
const maxAgeMs = 1_000;

/** Where something would be changed. */
export interface FreezePlace {
  /** The thing itself, or its place where nobody looked for the thing. */
  target: OperationTarget | Place;
  entityRef: string;
  /** Further entities that stand for the target. */
  alsoKnownAs?: readonly string[];
  environment?: string;
}

/** What the service stands on. */
export interface FreezeServiceOptions {
  store: FreezeStore;
  ledger: LedgerStore;
  /** Those that there are. Default: any name is taken. */
  environmentNames?: readonly string[];
}

/** What a person asks for; times are ISO 8601 with any zone. */
export interface FreezeOrder {
  scope: FreezeScope;
  /** What the scope's entity stands for upstream, as `targetKeyOf` writes it. Default: its name alone counts. */
  targetKeys?: string[];
  /** Where the entity is as the catalogue says, as long as nobody upstream could say what it stands for. */
  unconfirmed?: Place[];
  reason: string;
  /** Default: now. */
  startsAt?: string;
  endsAt: string;
}

/** Times in which nothing is changed in a place. They may overlap; each is on record from its making to its end. */
export class FreezeService {
  readonly #options: FreezeServiceOptions;
  #newest: { readAt: number; freezes: Promise<StoredFreeze[]> } | undefined;
  /** By how much the database's clock is ahead of this process's, in milliseconds. */
  #aheadMs = 0;

  constructor(options: FreezeServiceOptions) {
    this.#options = options;
  }

  /** Freezes that are on now and concern the place; at most one second old. */
  async activeFor(place: FreezePlace): Promise<Freeze[]> {
    const freezes = await this.#current();
    const now = new Date(Date.now() + this.#aheadMs).toISOString();
    return freezes
      .filter(stored => isOn(stored.freeze, now) && concerns(stored, place))
      .map(({ freeze }) => ({ ...freeze, state: 'active' }));
  }

  /** Those that end last first. With a place, only those that concern it. */
  async list(options: { place?: FreezePlace; isPastIncluded: boolean }): Promise<Freeze[]> {
    const { place, isPastIncluded } = options;
    const freezes = await this.#options.store.list({ now: await this.#now(), isPastIncluded });
    return freezes.filter(stored => !place || concerns(stored, place)).map(({ freeze }) => freeze);
  }

  /** @throws InputError with code `FREEZE_INVALID` when it would never be on */
  async create(order: FreezeOrder, createdBy: string): Promise<Freeze> {
    const now = await this.#now();
    const freeze = {
      id: randomUUID(),
      scope: { ...order.scope, entityRef: order.scope.entityRef?.toLocaleLowerCase('en-US') },
      targetKeys: order.targetKeys ?? [],
      unconfirmed: order.unconfirmed,
      reason: order.reason,
      startsAt: order.startsAt === undefined ? now : new Date(order.startsAt).toISOString(),
      endsAt: new Date(order.endsAt).toISOString(),
      createdBy,
      createdAt: now,
    };
    if (freeze.endsAt <= now) throw invalid('The end of the freeze has passed.');
    if (freeze.endsAt <= freeze.startsAt) throw invalid('The freeze would end before it starts.');
    const { store, ledger, environmentNames } = this.#options;
    const { environment } = freeze.scope;
    if (environment !== undefined && environmentNames?.includes(environment) === false) {
      throw invalid(`There is no environment ${environment}; there are: ${environmentNames.join(', ') || 'none'}.`);
    }
    await store.transaction(async transaction => {
      await store.insert(freeze, transaction);
      await ledger.append(transaction, { event: 'freeze-created', document: freeze });
    });
    this.#newest = undefined;
    return this.#get(freeze.id);
  }

  /**
   * Ends a freeze before its time.
   *
   * @throws NotFoundError with code `FREEZE_NOT_FOUND`; ConflictError with code `FREEZE_INVALID` when it is over
   */
  async end(id: string, endedBy: string): Promise<Freeze> {
    await this.#get(id);
    const { store, ledger } = this.#options;
    const now = await this.#now();
    await store.transaction(async transaction => {
      const isOurs = await store.end(id, { by: endedBy, at: now }, transaction);
      if (!isOurs) throw withCode(new ConflictError(`The freeze ${id} is over`), invalidCode);
      await ledger.append(transaction, { event: 'freeze-ended', document: { id, endedBy } });
    });
    this.#newest = undefined;
    return this.#get(id);
  }

  /** Freezes that are on or to come, and of which upstream has not said yet what their entity stands for. */
  async listUnconfirmed(): Promise<StoredFreeze[]> {
    const freezes = await this.#options.store.list({ now: await this.#now(), isPastIncluded: false });
    return freezes.filter(({ freeze }) => freeze.unconfirmed !== undefined);
  }

  /** From now on the freeze holds what upstream says, and no more; false when another process was faster. */
  async confirm(id: string, targetKeys: string[]): Promise<boolean> {
    const { store, ledger } = this.#options;
    const isOurs = await store.transaction(async transaction => {
      if (!(await store.confirm(id, targetKeys, transaction))) return false;
      await ledger.append(transaction, { event: 'freeze-confirmed', document: { id, targetKeys } });
      return true;
    });
    this.#newest = undefined;
    return isOurs;
  }

  async #now(): Promise<string> {
    return (await this.#options.store.now()).toISOString();
  }

  async #get(id: string): Promise<Freeze> {
    const freeze = await this.#options.store.find(id, await this.#now());
    if (freeze) return freeze;
    const code: OperationErrorCode = 'FREEZE_NOT_FOUND';
    throw withCode(new NotFoundError(`There is no freeze ${id}`), code);
  }

  #current(): Promise<StoredFreeze[]> {
    const readAt = performance.now();
    if (this.#newest && readAt - this.#newest.readAt < maxAgeMs) return this.#newest.freezes;
    const freezes = this.#read();
    const newest = { readAt, freezes };
    this.#newest = newest;
    freezes.catch(() => {
      if (this.#newest === newest) this.#newest = undefined; // the next one asks again; whoever waited is told
    });
    return freezes;
  }

  async #read(): Promise<StoredFreeze[]> {
    const { store } = this.#options;
    const now = await store.now();
    this.#aheadMs = now.getTime() - Date.now();
    return store.list({ now: now.toISOString(), isPastIncluded: false });
  }
}

const invalidCode: OperationErrorCode = 'FREEZE_INVALID';

function invalid(message: string): Error {
  return withCode(new InputError(message), invalidCode);
}

function isOn({ startsAt, endsAt }: Freeze, now: string): boolean {
  return startsAt <= now && now < endsAt;
}

/** Everything that the scope names has to match; of an entity that is not confirmed, whatever could be it does. */
function concerns({ freeze: { scope, unconfirmed = [] }, targetKeys }: StoredFreeze, place: FreezePlace): boolean {
  const { target, environment } = place;
  const isNear = () => unconfirmed.some(claimed => isWithin(claimed, target));
  return (
    isSame(scope.cluster, target.cluster) &&
    isSame(scope.namespace, target.namespace) &&
    (scope.entityRef === undefined || isEntity(scope.entityRef, targetKeys, place) || isNear()) &&
    isSame(scope.environment, environment)
  );
}

/** What one entity stands for is frozen through every other one too. */
function isEntity(frozen: string, targetKeys: readonly string[], place: FreezePlace): boolean {
  const { target, entityRef, alsoKnownAs = [] } = place;
  if (entityRef === frozen || alsoKnownAs.includes(frozen)) return true;
  return 'kind' in target && targetKeys.includes(targetKeyOf(target));
}

function isWithin(claimed: Place, target: Place): boolean {
  const parts = ['cluster', 'namespace', 'project', 'dataset'] as const;
  return parts.every(part => isSame(claimed[part], target[part]));
}

function isSame(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}
