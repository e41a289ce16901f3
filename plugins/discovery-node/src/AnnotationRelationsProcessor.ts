import { getCompoundEntityRef, type CompoundEntityRef, type Entity } from '@backstage/catalog-model';
import {
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorEmit,
  type LocationSpec,
} from '@backstage/plugin-catalog-node';

/** What an annotation says about how entities are related. */
export interface AnnotationRelation {
  annotation: string;
  /** Of entities of these kinds only. */
  kinds: readonly string[];
  /** From the annotated entity, and back. */
  relation: readonly [there: string, back: string];
  /** Undefined where the value names nothing. */
  targetOf(value: string, entity: Entity): CompoundEntityRef | undefined;
}

/** Turns annotations into relations, of registered and of discovered entities alike. */
export class AnnotationRelationsProcessor implements CatalogProcessor {
  readonly #name: string;
  readonly #relations: readonly AnnotationRelation[];

  /** @param name - the processor's, different in each area */
  constructor(name: string, relations: readonly AnnotationRelation[]) {
    this.#name = name;
    this.#relations = relations;
  }

  getProcessorName(): string {
    return this.#name;
  }

  async postProcessEntity(entity: Entity, _location: LocationSpec, emit: CatalogProcessorEmit): Promise<Entity> {
    const source = getCompoundEntityRef(entity);
    for (const { annotation, kinds, relation, targetOf } of this.#relations) {
      const value = entity.metadata.annotations?.[annotation];
      if (!value || !kinds.includes(entity.kind)) continue;
      const target = targetOf(value, entity);
      if (!target) continue;
      emit(processingResult.relation({ source, type: relation[0], target }));
      emit(processingResult.relation({ source: target, type: relation[1], target: source }));
    }
    return entity;
  }
}
