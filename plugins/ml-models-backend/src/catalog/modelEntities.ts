import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { entityNameOf, type EntityLookup } from '@leitstand/plugin-discovery-node';
import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import {
  datasetAnnotation,
  entityLabel,
  entityRefOfLabel,
  formatModelRef,
  modelAnnotation,
  type DatasetRef,
  type ModelRef,
  type ModelSummary,
} from '@leitstand/plugin-ml-models-common';
import type { Ownership } from '@leitstand/plugin-operations-node';
import type { ListedDataset } from '../services/DatasetService';

/** An entity with what was not taken as it stood. */
export interface DiscoveredEntity {
  entity: Entity;
  notes: ProviderStatus['notes'];
}

/** What decides who owns an entity. */
export interface EntitySurroundings {
  ownership: Ownership;
  lookup: Pick<EntityLookup, 'isMissing'>;
}

/** The generated entity of a dataset. */
export function datasetEntityRef({ project, dataset }: DatasetRef): string {
  return stringifyEntityRef({ kind: 'resource', namespace: 'default', name: entityNameOf(project, dataset) });
}

/** The generated entity of a model, for one that names none. */
export function generatedModelEntityRef({ project, dataset, model }: ModelRef): string {
  return stringifyEntityRef({ kind: 'resource', namespace: 'default', name: entityNameOf(project, dataset, model) });
}

/** The entity as which a model is discovered: that which its label names, else a generated one. */
function modelEntityRef(ref: ModelRef, labels: Record<string, string>): string {
  return entityRefOfLabel(labels[entityLabel]) ?? generatedModelEntityRef(ref);
}

/** A dataset as a Resource. */
export function datasetEntity({ ref, labels }: ListedDataset, surroundings: EntitySurroundings): DiscoveredEntity {
  const name = `${ref.project}.${ref.dataset}`;
  const entityRef = entityRefOfLabel(labels[entityLabel]) ?? datasetEntityRef(ref);
  const { owner, notes } = ownerOf(ref, entityRef, surroundings);
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        ...nameOf(entityRef),
        title: ref.dataset,
        description: `BigQuery dataset ${name}`,
        annotations: { ...locationOf(name), [datasetAnnotation]: name },
      },
      spec: { type: 'dataset', owner },
    },
    notes,
  };
}

/** A model as a Resource that depends on its dataset. */
export function modelEntity(
  model: Omit<ModelSummary, 'entityRef'>,
  surroundings: EntitySurroundings,
): DiscoveredEntity {
  const name = formatModelRef(model.ref);
  const entityRef = modelEntityRef(model.ref, model.labels);
  const { owner, notes } = ownerOf(model.ref, entityRef, surroundings);
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        ...nameOf(entityRef),
        title: model.friendlyName ?? model.ref.model,
        description: model.description ?? `BigQuery ML model ${name}`,
        annotations: { ...locationOf(name), [modelAnnotation]: name },
      },
      spec: { type: 'ai-model', owner },
    },
    notes,
  };
}

/** Owners that the entities would have, as full references. */
export function ownerRefsOf(places: readonly DatasetRef[], ownership: Ownership): Set<string> {
  return new Set(places.flatMap(place => ownership.groupsOf(place).slice(0, 1)));
}

function ownerOf(place: DatasetRef, entityRef: string, { ownership, lookup }: EntitySurroundings) {
  const { fallbackOwner } = ownership;
  const [owner = fallbackOwner] = ownership.groupsOf({ project: place.project, dataset: place.dataset });
  if (owner === fallbackOwner || !lookup.isMissing(owner)) return { owner, notes: [] };
  const message = `leitstand.ownership gives it to ${owner}, which does not exist; ${fallbackOwner} is shown as its owner.`;
  return { owner: fallbackOwner, notes: [{ entityRef, message }] };
}

function nameOf(entityRef: string): { name: string; namespace: string } {
  const { name, namespace } = parseEntityRef(entityRef);
  return { name, namespace };
}

function locationOf(place: string): Record<string, string> {
  const location = `bigquery:${place}`;
  return { [ANNOTATION_LOCATION]: location, [ANNOTATION_ORIGIN_LOCATION]: location };
}
