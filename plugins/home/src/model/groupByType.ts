import type { Entity } from '@backstage/catalog-model';

/** Entities of one kind and type, by name. */
export interface EntityGroup {
  /** The type where the kind has types, else the kind: `service`, `kafka-topic`, `System`, `Template`. */
  label: string;
  entities: Entity[];
}

/** Groups entities by kind and type; the largest group first, then by label. */
export function groupByType(entities: Entity[]): EntityGroup[] {
  const groups = new Map<string, EntityGroup>();
  for (const entity of entities) {
    const label = typeOf(entity) ?? entity.kind;
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

/** A template's type is that of what it makes. */
function typeOf({ kind, spec }: Entity): string | undefined {
  return kind !== 'Template' && typeof spec?.type === 'string' ? spec.type : undefined;
}

function nameOf(entity: Entity): string {
  return entity.metadata.title ?? entity.metadata.name;
}
