import type { Entity } from '@backstage/catalog-model';

/** Entities of one kind and type, by name. */
export interface EntityGroup {
  /** The type where the kind has types, else the kind: `service`, `kafka-topic`, `System`. */
  label: string;
  entities: Entity[];
}

/** Groups entities by kind and type; the largest group first, then by label. */
export function groupByType(entities: Entity[]): EntityGroup[] {
  const groups = new Map<string, EntityGroup>();
  for (const entity of entities) {
    const label = typeof entity.spec?.type === 'string' ? entity.spec.type : entity.kind;
    const key = `${entity.kind}/${label}`.toLowerCase();
    const group = groups.get(key) ?? { label, entities: [] };
    groups.set(key, group);
    group.entities.push(entity);
  }
  const byName = (a: Entity, b: Entity) => nameOf(a).localeCompare(nameOf(b));
  return [...groups.values()]
    .map(group => ({ ...group, entities: group.entities.sort(byName) }))
    .sort((a, b) => b.entities.length - a.entities.length || a.label.localeCompare(b.label));
}

function nameOf(entity: Entity): string {
  return entity.metadata.title ?? entity.metadata.name;
}
