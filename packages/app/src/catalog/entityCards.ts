import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog/alpha';

/**
 * The catalogue's lists of relations, without those that are empty: four tables that say "nothing" would push
 * what there is to see off the page.
 */
export const entityCards = [
  catalogPlugin
    .getExtension('entity-card:catalog/depends-on-components')
    .override({ params: { filter: entity => hasRelation(entity, 'dependsOn', 'component') } }),
  catalogPlugin
    .getExtension('entity-card:catalog/depends-on-resources')
    .override({ params: { filter: entity => hasRelation(entity, 'dependsOn', 'resource') } }),
  catalogPlugin
    .getExtension('entity-card:catalog/has-subcomponents')
    .override({ params: { filter: entity => hasRelation(entity, 'hasPart', 'component') } }),
];

function hasRelation(entity: Entity, type: string, targetKind: string): boolean {
  return Boolean(
    entity.relations?.some(relation => relation.type === type && relation.targetRef.startsWith(`${targetKind}:`)),
  );
}
