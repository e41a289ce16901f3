import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { Ownership } from '@leitstand/plugin-operations-node';
import {
  ANNOTATION_CLUSTER,
  ANNOTATION_KUBERNETES_CLUSTER,
  ANNOTATION_KUBERNETES_ID,
  ANNOTATION_KUBERNETES_NAMESPACE,
} from '@leitstand/plugin-rollouts-common';
import { discoveredEntityRefOf, type EntityNaming } from '../model/discoveredEntity';
import { entityNameOf } from '../model/entityName';

/** One Deployment on one cluster. */
export interface DiscoveredWorkload {
  cluster: string;
  object: EntityNaming;
}

/** A cluster as a Resource. */
export function clusterEntity(cluster: string, ownership: Ownership): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: entityNameOf(cluster),
      title: cluster,
      description: `Kubernetes cluster ${cluster}`,
      annotations: { ...locationOf(cluster), [ANNOTATION_CLUSTER]: cluster },
    },
    spec: { type: 'kubernetes-cluster', owner: ownership.groupsOf({ cluster })[0] ?? ownership.fallbackOwner },
  };
}

/** One Component a reference: objects that name the same entity are the same Component. */
export function workloadEntities(workloads: readonly DiscoveredWorkload[], ownership: Ownership): Entity[] {
  const groups = new Map<string, DiscoveredWorkload[]>();
  for (const workload of workloads) {
    const ref = discoveredEntityRefOf(workload.cluster, workload.object);
    groups.set(ref, [...(groups.get(ref) ?? []), workload]);
  }
  return [...groups].map(([ref, group]) => componentOf(ref, group.sort(byPlaceWithin(ref)), ownership));
}

function componentOf(ref: string, group: readonly DiscoveredWorkload[], ownership: Ownership): Entity {
  const [{ cluster, object }] = group;
  const { namespace, name } = object.metadata;
  const { name: entityName, namespace: entityNamespace } = parseEntityRef(ref);
  const places = group.map(member => `${member.object.metadata.namespace} on ${member.cluster}`);
  const clusters = [...new Set(group.map(member => member.cluster))];
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: entityName,
      namespace: entityNamespace,
      title: name,
      description: `Deployment ${name} in namespace ${places.join(', ')}`,
      annotations: {
        ...locationOf(`${cluster}/${namespace}/${name}`),
        [ANNOTATION_KUBERNETES_CLUSTER]: cluster,
        [ANNOTATION_KUBERNETES_NAMESPACE]: namespace,
        [ANNOTATION_KUBERNETES_ID]: name,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: ownership.groupsOf({ cluster, namespace })[0] ?? ownership.fallbackOwner,
      dependsOn: clusters.map(dependency =>
        stringifyEntityRef({ kind: 'resource', namespace: 'default', name: entityNameOf(dependency) }),
      ),
    },
  };
}

/** The object whose own generated name it is comes first; no other object can take its place by naming it. */
function byPlaceWithin(ref: string) {
  const rankOf = ({ cluster, object }: DiscoveredWorkload) => {
    const own = entityNameOf(cluster, object.metadata.namespace, object.metadata.name);
    return ref === `component:default/${own}` ? 0 : 1;
  };
  const placeOf = ({ cluster, object }: DiscoveredWorkload) =>
    [cluster, object.metadata.namespace, object.metadata.name].join('/');
  return (a: DiscoveredWorkload, b: DiscoveredWorkload) =>
    rankOf(a) - rankOf(b) || placeOf(a).localeCompare(placeOf(b));
}

function locationOf(place: string): Record<string, string> {
  const location = `kubernetes:${place}`;
  return { [ANNOTATION_LOCATION]: location, [ANNOTATION_ORIGIN_LOCATION]: location };
}
