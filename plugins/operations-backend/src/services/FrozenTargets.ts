import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { Operation, Place } from '@leitstand/plugin-operations-node';
import { targetKeyOf } from '../database/runRow';
import { claimedPlacesOf } from '../governance/placeOfEntity';
import type { OperationRegistry } from './OperationRegistry';
import type { TargetService } from './TargetService';

/** How long upstreams may take to say what an entity stands for, in milliseconds: a freeze cannot wait. */
const defaultPatienceMs = 5_000;

/** What the service stands on. */
export interface FrozenTargetsOptions {
  registry: OperationRegistry;
  targets: TargetService;
  /** Default: 5 seconds. */
  patienceMs?: number;
}

/** What is known of an entity that is frozen. */
export interface FrozenTargetsFound {
  /** Keys of what it stands for, as `targetKeyOf` writes them. */
  targetKeys: string[];
  /** Where it is as the catalogue says; only where an upstream did not say what it stands for. */
  unconfirmed?: Place[];
}

/** Finds what an entity stands for upstream, so that a freeze of it holds changes of that through other entities too. */
export class FrozenTargets {
  readonly #options: FrozenTargetsOptions;

  constructor(options: FrozenTargetsOptions) {
    this.#options = options;
  }

  /**
   * The targets of all operations on the entity; none where there is no such entity or nothing behind it.
   *
   * @throws what the catalogue throws
   */
  async find(
    entityRef: string,
    options: { credentials: BackstageCredentials; signal: AbortSignal },
  ): Promise<FrozenTargetsFound> {
    const { registry, targets, patienceMs = defaultPatienceMs } = this.#options;
    const entity = await targets.getEntity(entityRef, options).catch(ignoreAbsent);
    if (!entity) return { targetKeys: [] };
    const operations = registry.list().filter(({ subject = 'entity' }) => subject === 'entity');
    const applicable = operations.filter(operation => operation.appliesTo(entity));
    const patience = AbortSignal.timeout(patienceMs);
    const asked = { entity, entityRef, signal: AbortSignal.any([options.signal, patience]) };
    const answers = await Promise.all(applicable.map(operation => keyOf(operation, asked)));
    options.signal.throwIfAborted();
    const targetKeys = [...new Set(answers.flatMap(({ key }) => key ?? []))];
    const isConfirmed = answers.every(({ isAnswered }) => isAnswered);
    return { targetKeys, ...(!isConfirmed && { unconfirmed: claimedPlacesOf(entity) }) };
  }
}

interface Answer {
  key?: string;
  isAnswered: boolean;
}

/** Whatever goes wrong upstream, the freeze is made. */
async function keyOf(
  operation: Operation,
  asked: { entity: Entity; entityRef: string; signal: AbortSignal },
): Promise<Answer> {
  const { signal } = asked;
  const { promise: late, resolve: giveUp } = Promise.withResolvers<Answer>();
  signal.addEventListener('abort', () => giveUp({ isAnswered: false }), { once: true });
  const answer = operation.resolve({ ...asked, input: undefined }).then(
    ({ target }) => ({ key: targetKeyOf(target), isAnswered: true }),
    (error: unknown) => ({ isAnswered: isAbsent(error) }),
  );
  return Promise.race([answer, late]);
}

function ignoreAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}

/** An entity that names no single thing has none that could be changed through it. */
function isAbsent(error: unknown): boolean {
  return isError(error) && (error.name === 'NotFoundError' || error.name === 'InputError');
}
