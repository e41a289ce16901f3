import { parseEntityRef, RELATION_DEPENDENCY_OF, RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import type { AnnotationRelation } from '@leitstand/plugin-discovery-node';
import { modelAnnotation, parseModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';
import { datasetEntityRef, generatedModelEntityRef } from './modelEntities';

const relation = [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF] as const;

/** What the annotations of this area say: a model depends on its dataset, what serves it depends on the model. */
export const annotationRelations: readonly AnnotationRelation[] = [
  { annotation: modelAnnotation, kinds: ['Resource'], relation, targetOf: value => targetOf(value, datasetEntityRef) },
  {
    annotation: modelAnnotation,
    kinds: ['Component'],
    relation,
    targetOf: value => targetOf(value, generatedModelEntityRef),
  },
];

function targetOf(value: string, entityRefOf: (ref: ModelRef) => string) {
  try {
    return parseEntityRef(entityRefOf(parseModelRef(value)));
  } catch {
    return undefined; // a registered entity may say anything
  }
}
