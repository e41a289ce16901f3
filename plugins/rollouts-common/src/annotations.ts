/** On an entity: the cluster as `kubernetes:` names it. */
export const ANNOTATION_KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';
/** On an entity: the namespace of its workload. */
export const ANNOTATION_KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
/** On an entity: name of its workload, and value of that workload's label of the same name. */
export const ANNOTATION_KUBERNETES_ID = 'backstage.io/kubernetes-id';
/** On an entity: kind of its workload; left out, it is a Deployment. */
export const ANNOTATION_WORKLOAD_KIND = 'leitstand.io/workload-kind';
/** On an entity of type `kubernetes-cluster`. */
export const ANNOTATION_CLUSTER = 'leitstand.io/cluster';
/** On an upstream object: the entity it is. Only people with rights on the object can write it. */
export const ANNOTATION_ENTITY_REF = 'leitstand.io/entity-ref';

/** On an object: the group that it gives rights to, beside {@link ANNOTATION_ENTITY_REF}. */
export const ANNOTATION_OWNER = 'leitstand.io/owner';
/** On an upstream object: who changed it last through the portal and why, where the change makes no new revision. */
export const ANNOTATION_LAST_CHANGE = 'leitstand.io/last-change';
