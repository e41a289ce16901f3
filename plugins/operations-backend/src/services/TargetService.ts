import type { BackstageCredentials, BackstagePrincipalTypes } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode, OperationTarget } from '@leitstand/plugin-operations-common';
import {
  confirmOwnership,
  type Operation,
  type Ownership,
  type ResolvedTarget,
} from '@leitstand/plugin-operations-node';
import type { EnvironmentPolicy } from '../EnvironmentPolicy';

/** Credentials of a person. */
export type UserCredentials = BackstageCredentials<BackstagePrincipalTypes['user']>;

/** The object behind an entity, and whose it is beyond doubt. */
export interface ConfirmedTarget {
  resolved: ResolvedTarget;
  confirmedOwners: string[];
  environment: string | undefined;
}

/** Finds what an entity stands for and whether it may stand for it. */
export class TargetService {
  readonly #options: { catalog: CatalogService; ownership: Ownership; environments: EnvironmentPolicy };

  constructor(options: { catalog: CatalogService; ownership: Ownership; environments: EnvironmentPolicy }) {
    this.#options = options;
  }

  /**
   * The entity as the person sees it.
   *
   * @throws NotFoundError
   */
  async getEntity(entityRef: string, credentials: UserCredentials): Promise<Entity> {
    const entity = await this.#options.catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) throw new NotFoundError(`There is no ${entityRef} in the catalogue, or you may not see it`);
    return entity;
  }

  /**
   * One upstream read.
   *
   * @throws NotAllowedError with code `OWNERSHIP_NOT_CONFIRMED`, for everybody; and what the operation's `resolve` throws
   */
  async confirm(operation: Operation, entity: Entity, signal: AbortSignal): Promise<ConfirmedTarget> {
    const resolved = await operation.resolve({ entity, signal });
    const { isBound, owners } = confirmOwnership(entity, resolved, this.#options.ownership);
    if (!isBound) throw notConfirmed(stringifyEntityRef(entity), resolved.target);
    const environment = this.#options.environments.environmentOf(resolved.target);
    return { resolved, confirmedOwners: owners, environment };
  }
}

function notConfirmed(entityRef: string, target: OperationTarget): Error {
  const place = [target.cluster ?? target.system, target.namespace].filter(part => part !== undefined).join('/');
  return withCode(
    new NotAllowedError(
      `${entityRef} points at the ${target.kind} ${target.name} in ${place}, but nothing there confirms that it is its own. ` +
        `Somebody with rights on the ${target.kind} can annotate it with leitstand.io/entity-ref: ${entityRef}, or an ` +
        `administrator of the portal can give the place to the entity's owner in leitstand.ownership.`,
    ),
    'OWNERSHIP_NOT_CONFIRMED' satisfies OperationErrorCode,
  );
}
