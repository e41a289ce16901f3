import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { describeSafely, safeError } from '@leitstand/plugin-kit-node';
import type { AvailableOperation } from '@leitstand/plugin-operations-common';
import type { Operation } from '@leitstand/plugin-operations-node';
import { notAllowed, type OperationAuthorizer, type OperationDecision } from './OperationAuthorizer';
import type { OperationRegistry } from './OperationRegistry';
import { resourceOfTarget } from './planResource';
import type { Caller } from './Caller';
import type { TargetService } from './TargetService';

/** What the service stands on. */
export interface AvailabilityServiceOptions {
  registry: OperationRegistry;
  authorizer: OperationAuthorizer;
  targets: TargetService;
  logger: LoggerService;
}

/** Says which operations an entity has for a person, and why the others are not available. */
export class AvailabilityService {
  readonly #options: AvailabilityServiceOptions;

  constructor(options: AvailabilityServiceOptions) {
    this.#options = options;
  }

  /**
   * One operation's failure is that operation's refusal; it never hides the others.
   *
   * @throws NotFoundError when there is no such entity
   */
  async list(options: { entityRef: string; caller: Caller; signal: AbortSignal }): Promise<AvailableOperation[]> {
    const { entityRef, caller, signal } = options;
    const { registry, authorizer, targets } = this.#options;
    const entity = await targets.getEntity(entityRef, caller);
    const operations = registry
      .list()
      .filter(operation => operation.subject !== 'create' && operation.appliesTo(entity));
    const decisions = await authorizer.decide(
      operations.map(({ permission }) => permission),
      caller,
    );
    return Promise.all(
      operations.map(async (operation, index) => {
        const { id, title, description } = operation;
        const common = { operation: id, title, description };
        const error = await this.#refusal(operation, { entity, decision: decisions[index], caller, signal });
        if (error === undefined) return { ...common, isAvailable: true };
        const { code, message } = describeSafely(error);
        return { ...common, isAvailable: false, refusal: { code, message } };
      }),
    );
  }

  /** Why not; undefined when nothing stands in the way. */
  async #refusal(
    operation: Operation,
    context: { entity: Entity; decision: OperationDecision; caller: Caller; signal: AbortSignal },
  ): Promise<unknown> {
    const { entity, decision, caller, signal } = context;
    const { authorizer, targets, logger } = this.#options;
    const { requester } = caller;
    const entityRef = stringifyEntityRef(entity);
    if (decision.isDenied) return notAllowed(entityRef);
    try {
      await authorizer.authorizeReading(operation, entityRef, caller);
      const confirmed = await targets.confirm(operation, { entity, entityRef }, { input: undefined, signal });
      const resource = resourceOfTarget(confirmed, { operation: operation.id, entityRef, input: {}, requester });
      return decision.allows(resource) ? undefined : notAllowed(entityRef, confirmed.confirmedOwners);
    } catch (error) {
      const safe = safeError(error);
      if (safe !== error && !signal.aborted) logger.error(`${operation.id} could not be resolved`, safe);
      return safe;
    }
  }
}
