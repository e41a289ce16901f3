import { parseEntityRef, stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { ConflictError, InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
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
import type { FreezePlace } from '../governance/FreezeService';
import { placeOfEntity } from '../governance/placeOfEntity';
import type { Caller } from './Caller';

/** What an operation is asked for: an entity, or the name of one that will be. */
export interface OperationSubject {
  entity: Entity | undefined;
  entityRef: string;
}

/** The object behind an entity, and whose it is beyond doubt. */
export interface ConfirmedTarget {
  resolved: ResolvedTarget;
  confirmedOwners: string[];
  environment: string | undefined;
}

/** Entities besides the one that was asked for that stand for the target, as the target itself says. */
export function otherNamesOf({ claimedEntityRef, discoveredEntityRef }: ResolvedTarget, entityRef: string): string[] {
  const names = [claimedEntityRef, discoveredEntityRef].flatMap(name => name?.toLocaleLowerCase('en-US') ?? []);
  return [...new Set(names)].filter(name => name !== entityRef);
}

/** Finds what an entity stands for and whether it may stand for it. */
export class TargetService {
  readonly #options: { catalog: CatalogService; ownership: Ownership; environments: EnvironmentPolicy };

  constructor(options: { catalog: CatalogService; ownership: Ownership; environments: EnvironmentPolicy }) {
    this.#options = options;
  }

  /**
   * The entity as the caller sees it.
   *
   * @throws NotFoundError
   */
  async getEntity(entityRef: string, { credentials }: Pick<Caller, 'credentials'>): Promise<Entity> {
    const entity = await this.#options.catalog.getEntityByRef(entityRef, { credentials });
    if (!entity) throw new NotFoundError(`There is no ${entityRef} in the catalogue, or you may not see it`);
    return entity;
  }

  /** Where the entity says that it is; asks nobody upstream. @throws NotFoundError */
  async claimedPlaceOf(entityRef: string, caller: Caller): Promise<FreezePlace> {
    const entity = await this.getEntity(entityRef, caller);
    const target = placeOfEntity(entity);
    const environment = this.#options.environments.environmentOf(target, entity);
    return { target, entityRef: stringifyEntityRef(entity), environment };
  }

  /**
   * What an operation would be about.
   *
   * @throws NotFoundError; InputError with code `OPERATION_NOT_APPLICABLE`; ConflictError when an operation that creates
   * something is asked for a name that the catalogue has already
   */
  async getSubject(operation: Operation, entityRef: string, caller: Caller): Promise<OperationSubject> {
    if (operation.subject === 'place') {
      return { entity: undefined, entityRef: stringifyEntityRef(parseEntityRef(entityRef)) };
    }
    if (operation.subject === 'create') {
      const created = stringifyEntityRef(parseEntityRef(entityRef));
      const { credentials } = caller;
      if (await this.#options.catalog.getEntityByRef(created, { credentials })) {
        throw new ConflictError(`The catalogue has ${created} already. Choose another name.`);
      }
      return { entity: undefined, entityRef: created };
    }
    const entity = await this.getEntity(entityRef, caller);
    const subject = { entity, entityRef: stringifyEntityRef(entity) };
    if (!operation.appliesTo(entity)) throw notApplicable(operation, subject.entityRef);
    return subject;
  }

  /**
   * One upstream read. What is yet to be created belongs to those that the place is given to.
   *
   * @throws NotAllowedError with code `OWNERSHIP_NOT_CONFIRMED`, for everybody; and what the operation's `resolve` throws
   */
  async confirm(
    operation: Operation,
    subject: OperationSubject,
    asked: { input: unknown; signal: AbortSignal },
  ): Promise<ConfirmedTarget> {
    const { ownership, environments } = this.#options;
    const resolved = await operation.resolve({ ...subject, ...asked });
    const environment = environments.environmentOf(resolved.target, subject.entity);
    if (!subject.entity) return { resolved, confirmedOwners: ownership.groupsOf(resolved.target), environment };
    const { isBound, owners } = confirmOwnership(subject.entity, resolved, ownership);
    if (!isBound) throw notConfirmed(subject.entityRef, resolved.target);
    return { resolved, confirmedOwners: owners, environment };
  }
}

function notApplicable(operation: Operation, entityRef: string): Error {
  return withCode(
    new InputError(`${operation.title} is not for ${entityRef}: the entity does not name a thing that it works on`),
    'OPERATION_NOT_APPLICABLE' satisfies OperationErrorCode,
  );
}

function notConfirmed(entityRef: string, target: OperationTarget): Error {
  const [whole, part] = target.project ? [target.project, target.dataset] : [target.cluster, target.namespace];
  const place = [whole ?? target.system, part].filter(name => name !== undefined).join('/');
  return withCode(
    new NotAllowedError(
      `${entityRef} points at the ${target.kind} ${target.name} in ${place}, but nothing there confirms that it is its own. ` +
        `Somebody with rights on the ${target.kind} can annotate it with leitstand.io/entity-ref: ${entityRef}, or an ` +
        `administrator of the portal can give the place to the entity's owner in leitstand.ownership.`,
    ),
    'OWNERSHIP_NOT_CONFIRMED' satisfies OperationErrorCode,
  );
}
