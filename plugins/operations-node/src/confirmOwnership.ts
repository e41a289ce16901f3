import { RELATION_OWNED_BY, stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { Ownership } from './Ownership';
import { normalizeOwner } from './Ownership';
import type { ResolvedTarget } from './Operation';

/** Whether the object behind an entity is really that entity's, and who owns it beyond doubt. */
export interface OwnershipConfirmation {
  /** False: the entity only claims the object. No operation may then be run through it, by anybody. */
  isBound: boolean;
  /** Full entity references; empty where nobody's ownership is confirmed. */
  owners: string[];
}

/**
 * An annotation in the catalogue shows data; it never grants an operation. The entity is bound to the object when the
 * object names the entity back, when the object's cluster and namespace are given to the entity's owner, or when this is
 * the very entity as which the object is discovered and the object names no other. Owners are those that the place is given
 * to, and the entity's owner where the object names both the entity and that owner.
 */
export function confirmOwnership(
  entity: Entity,
  resolved: ResolvedTarget,
  ownership: Ownership,
): OwnershipConfirmation {
  const entityRef = stringifyEntityRef(entity);
  const entityOwners = ownersOf(entity);
  const granted = ownership.groupsOf(resolved.target);
  const isNamedBack = resolved.claimedEntityRef !== undefined && resolved.claimedEntityRef === entityRef;
  const named = isNamedBack && resolved.claimedOwner ? [normalizeOwner(resolved.claimedOwner)] : [];
  const isGranted = entityOwners.some(owner => granted.includes(owner));
  const isDiscovered = resolved.claimedEntityRef === undefined && resolved.discoveredEntityRef === entityRef;
  return {
    isBound: isNamedBack || isGranted || isDiscovered,
    owners: [...new Set([...entityOwners.filter(owner => named.includes(owner)), ...granted])],
  };
}

function ownersOf(entity: Entity): string[] {
  const related = (entity.relations ?? []).filter(({ type }) => type === RELATION_OWNED_BY);
  if (related.length > 0) return related.map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
  const owner = entity.spec?.owner;
  return typeof owner === 'string' ? [normalizeOwner(owner)] : [];
}
