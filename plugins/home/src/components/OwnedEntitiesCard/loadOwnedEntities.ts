import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import type { IdentityApi } from '@backstage/core-plugin-api';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/** What belongs to the person. */
export interface OwnedEntities {
  /** At most 100, by name. */
  entities: Entity[];
  /** How many there are. */
  totalCount: number;
  /** The groups through which the person owns things. */
  groupRefs: string[];
}

/** How many entities the card reads; a page of them fits a card, more is for the catalog. */
const maxEntityCount = 100;

/**
 * Reads what is owned by the person or one of their groups.
 *
 * @throws ResponseError
 */
export async function loadOwnedEntities(apis: {
  catalogApi: CatalogApi;
  identityApi: IdentityApi;
}): Promise<OwnedEntities> {
  const { ownershipEntityRefs } = await apis.identityApi.getBackstageIdentity();
  const groupRefs = ownershipEntityRefs.filter(ref => parseEntityRef(ref).kind.toLowerCase() === 'group');
  const { items, totalItems } = await apis.catalogApi.queryEntities({
    filter: { 'relations.ownedBy': ownershipEntityRefs },
    fields: [
      'apiVersion',
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'metadata.description',
      'metadata.annotations',
      'spec.type',
    ],
    orderFields: [{ field: 'metadata.name', order: 'asc' }],
    limit: maxEntityCount,
  });
  return { entities: items, totalCount: totalItems, groupRefs };
}
