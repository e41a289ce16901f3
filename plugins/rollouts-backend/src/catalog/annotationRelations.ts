import { RELATION_DEPENDENCY_OF, RELATION_DEPENDS_ON } from '@backstage/catalog-model';
import { entityNameOf, type AnnotationRelation } from '@leitstand/plugin-discovery-node';
import { ANNOTATION_KUBERNETES_CLUSTER } from '@leitstand/plugin-rollouts-common';

/** What the annotations of this area say about how entities are related. */
export const annotationRelations: readonly AnnotationRelation[] = [
  {
    annotation: ANNOTATION_KUBERNETES_CLUSTER,
    kinds: ['Component', 'Resource'],
    relation: [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF],
    targetOf: cluster => ({ kind: 'resource', namespace: 'default', name: entityNameOf(cluster) }),
  },
];
