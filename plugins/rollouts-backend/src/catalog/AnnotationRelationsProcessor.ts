import {
  getCompoundEntityRef,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  processingResult,
  type CatalogProcessor,
  type CatalogProcessorEmit,
  type LocationSpec,
} from '@backstage/plugin-catalog-node';
import { ANNOTATION_KUBERNETES_CLUSTER } from '@leitstand/plugin-rollouts-common';
import { entityNameOf } from '../model/entityName';

/** What an annotation says about how entities are related. */
interface AnnotationRelation {
  annotation: string;
  /** Of entities of these kinds only. */
  kinds: readonly string[];
  /** From the annotated entity, and back. */
  relation: readonly [there: string, back: string];
  targetOf(value: string): CompoundEntityRef;
}

/** The annotations of this area. */
const annotationRelations: readonly AnnotationRelation[] = [
  {
    annotation: ANNOTATION_KUBERNETES_CLUSTER,
    kinds: ['Component', 'Resource'],
    relation: [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF],
    targetOf: cluster => ({ kind: 'resource', namespace: 'default', name: entityNameOf(cluster) }),
  },
];

/** Turns annotations into relations, of registered and of discovered entities alike. */
export class AnnotationRelationsProcessor implements CatalogProcessor {
  readonly #relations: readonly AnnotationRelation[];

  constructor(relations: readonly AnnotationRelation[] = annotationRelations) {
    this.#relations = relations;
  }

  getProcessorName(): string {
    return 'RolloutsAnnotationRelationsProcessor';
  }

  async postProcessEntity(entity: Entity, _location: LocationSpec, emit: CatalogProcessorEmit): Promise<Entity> {
    const source = getCompoundEntityRef(entity);
    for (const { annotation, kinds, relation, targetOf } of this.#relations) {
      const value = entity.metadata.annotations?.[annotation];
      if (!value || !kinds.includes(entity.kind)) continue;
      const target = targetOf(value);
      emit(processingResult.relation({ source, type: relation[0], target }));
      emit(processingResult.relation({ source: target, type: relation[1], target: source }));
    }
    return entity;
  }
}
