import { type ProviderStatus } from '@leitstand/plugin-kit-common';
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
  ANNOTATION_WORKLOAD_KIND,
} from '@leitstand/plugin-rollouts-common';
import { discoveredEntityRefOf, generatedEntityRefOf } from '../model/discoveredEntity';
import { entityNameOf, type EntityLookup } from '@leitstand/plugin-discovery-node';
import { podTemplateOf, type WorkloadObject } from '../model/workloadObjects';

/** Of Backstage's own Kubernetes plugin: which objects its tab shows. */
const ANNOTATION_LABEL_SELECTOR = 'backstage.io/kubernetes-label-selector';

/** One workload on one cluster. */
export interface DiscoveredWorkload {
  cluster: string;
  object: WorkloadObject;
}

/** Something that was taken, but not as it stood. */
export type DiscoveryNote = ProviderStatus['notes'][number];

/** An entity with the clusters on which it is, the first being the one that its annotations name. */
export interface DiscoveredEntity {
  ref: string;
  entity: Entity;
  clusters: string[];
  notes: DiscoveryNote[];
}

/** What decides who owns an entity and what it is part of. */
export interface EntitySurroundings {
  ownership: Ownership;
  lookup: Pick<EntityLookup, 'exists' | 'isMissing'>;
  fallbackSystem?: string;
}

/** Label of a workload with the name of the System that it is part of. */
const LABEL_PART_OF = 'app.kubernetes.io/part-of';
/** Label of a workload that can say that it is a stream processor. */
const LABEL_COMPONENT = 'app.kubernetes.io/component';

/** A cluster as a Resource. */
export function clusterEntity(cluster: string, surroundings: EntitySurroundings): DiscoveredEntity {
  const ref = stringifyEntityRef({ kind: 'resource', namespace: 'default', name: entityNameOf(cluster) });
  const { owner, notes } = ownerOf({ cluster }, ref, surroundings);
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: entityNameOf(cluster),
      title: cluster,
      description: `Kubernetes cluster ${cluster}`,
      annotations: { ...locationOf(cluster), [ANNOTATION_CLUSTER]: cluster },
    },
    spec: { type: 'kubernetes-cluster', owner },
  };
  return { ref, entity, clusters: [cluster], notes };
}

/** One Component a reference: objects that name the same entity are the same Component. */
export function workloadEntities(
  workloads: readonly DiscoveredWorkload[],
  surroundings: EntitySurroundings,
): DiscoveredEntity[] {
  const groups = new Map<string, DiscoveredWorkload[]>();
  for (const workload of workloads) {
    const ref = discoveredEntityRefOf(workload.cluster, workload.object, workload.object.kind);
    const group = groups.get(ref);
    if (group) group.push(workload);
    else groups.set(ref, [workload]);
  }
  return [...groups].map(([ref, group]) => componentOf(ref, group.sort(byPlaceWithin(ref)), surroundings));
}

/** Owners and systems that the entities would have, as full references. */
export function surroundingRefsOf(workloads: readonly DiscoveredWorkload[], ownership: Ownership): Set<string> {
  const refs = new Set<string>();
  for (const { cluster, object } of workloads) {
    const [owner] = ownership.groupsOf({ cluster, namespace: object.metadata.namespace });
    if (owner) refs.add(owner);
    const system = systemRefOf(object);
    if (system) refs.add(system);
  }
  return refs;
}

function componentOf(
  ref: string,
  group: readonly DiscoveredWorkload[],
  surroundings: EntitySurroundings,
): DiscoveredEntity {
  const [{ cluster, object }] = group;
  const { namespace, name } = object.metadata;
  const { name: entityName, namespace: entityNamespace } = parseEntityRef(ref);
  const places = group.map(member => `${member.object.metadata.namespace} on ${member.cluster}`);
  const clusters = [...new Set(group.map(member => member.cluster))];
  const { owner, notes: ownerNotes } = ownerOf({ cluster, namespace }, ref, surroundings);
  const { system, notes: systemNotes } = systemOf(object, ref, surroundings);
  // The relation to the first cluster comes from the annotation.
  const others = clusters.slice(1).map(other => `resource:default/${entityNameOf(other)}`);
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: entityName,
      namespace: entityNamespace,
      title: name,
      description: `${object.kind} ${name} in namespace ${places.join(', ')}`,
      annotations: {
        ...locationOf([cluster, namespace, ...(object.kind === 'Deployment' ? [] : [object.kind]), name].join('/')),
        [ANNOTATION_KUBERNETES_CLUSTER]: cluster,
        [ANNOTATION_KUBERNETES_NAMESPACE]: namespace,
        [ANNOTATION_KUBERNETES_ID]: name,
        ...(object.kind === 'Deployment' ? {} : { [ANNOTATION_WORKLOAD_KIND]: object.kind }),
        ...labelSelectorOf(object),
      },
    },
    spec: {
      type: componentTypeOf(object),
      lifecycle: 'production',
      owner,
      ...(system ? { system } : {}),
      ...(others.length > 0 ? { dependsOn: others } : {}),
    },
  };
  return { ref, entity, clusters, notes: [...ownerNotes, ...systemNotes] };
}

/** Lets Backstage's own Kubernetes tab find a workload and its pods by the labels that they share; most have no label for it. */
function labelSelectorOf(object: WorkloadObject): Record<string, string> {
  const podLabels = podTemplateOf(object).metadata.labels;
  const shared = Object.entries(object.metadata.labels).filter(([name, value]) => podLabels[name] === value);
  if (shared.length === 0) return {};
  return { [ANNOTATION_LABEL_SELECTOR]: shared.map(([name, value]) => `${name}=${value}`).join(',') };
}

function componentTypeOf({ kind, metadata }: WorkloadObject): string {
  if (kind === 'CronJob') return 'batch-job';
  return metadata.labels[LABEL_COMPONENT] === 'stream-processor' ? 'stream-processor' : 'service';
}

function ownerOf(place: { cluster: string; namespace?: string }, entityRef: string, surroundings: EntitySurroundings) {
  const { fallbackOwner } = surroundings.ownership;
  const [owner] = surroundings.ownership.groupsOf(place);
  if (!owner) return { owner: fallbackOwner, notes: [] };
  if (owner === fallbackOwner || !surroundings.lookup.isMissing(owner)) return { owner, notes: [] };
  const message = `leitstand.ownership gives it to ${owner}, which does not exist; ${fallbackOwner} is shown as its owner.`;
  return { owner: fallbackOwner, notes: [{ entityRef, message }] };
}

function systemOf(object: WorkloadObject, entityRef: string, surroundings: EntitySurroundings) {
  const { lookup, fallbackSystem } = surroundings;
  const system = systemRefOf(object);
  if (!system) return { system: fallbackSystem, notes: [] };
  if (lookup.exists(system)) return { system, notes: [] };
  const message = `Its label ${LABEL_PART_OF} names ${system}, which does not exist; it is shown ${
    fallbackSystem ? `in ${fallbackSystem}` : 'without a system'
  }.`;
  return { system: fallbackSystem, notes: lookup.isMissing(system) ? [{ entityRef, message }] : [] };
}

function systemRefOf({ metadata }: WorkloadObject): string | undefined {
  const name = metadata.labels[LABEL_PART_OF];
  return name ? stringifyEntityRef({ kind: 'system', namespace: 'default', name }) : undefined;
}

/** The object whose own generated name it is comes first; no other object can take its place by naming it. */
function byPlaceWithin(ref: string) {
  const rankOf = ({ cluster, object }: DiscoveredWorkload) =>
    ref === generatedEntityRefOf(cluster, object, object.kind) ? 0 : 1;
  const placeOf = ({ cluster, object }: DiscoveredWorkload) =>
    [cluster, object.metadata.namespace, object.metadata.name, object.kind].join('/');
  return (a: DiscoveredWorkload, b: DiscoveredWorkload) =>
    rankOf(a) - rankOf(b) || placeOf(a).localeCompare(placeOf(b));
}

function locationOf(place: string): Record<string, string> {
  const location = `kubernetes:${place}`;
  return { [ANNOTATION_LOCATION]: location, [ANNOTATION_ORIGIN_LOCATION]: location };
}
