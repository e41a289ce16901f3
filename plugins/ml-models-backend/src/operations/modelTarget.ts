import type { Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  entityLabel,
  entityRefOfLabel,
  formatModelRef,
  modelAnnotation,
  parseModelRef,
  type MlModelsErrorCode,
  type ModelRef,
} from '@leitstand/plugin-ml-models-common';
import type { OperationTarget } from '@leitstand/plugin-operations-common';
import type { ResolveContext, ResolvedTarget } from '@leitstand/plugin-operations-node';
import { generatedModelEntityRef } from '../catalog/modelEntities';
import { findModel } from './resources';
import type { WritableConnections } from './WritableConnections';

/** Whether an entity is a model; a service that serves one carries the same annotation. */
export function isModelEntity(entity: Entity): boolean {
  return entity.kind === 'Resource' && entity.metadata.annotations?.[modelAnnotation] !== undefined;
}

/** A model as what an operation acts on. */
export function targetOf({ project, dataset, model }: ModelRef): OperationTarget {
  return { system: 'bigquery', project, dataset, kind: 'Model', name: model };
}

/** The model of a target. */
export function refOf({ project = '', dataset = '', name }: OperationTarget): ModelRef {
  return { project, dataset, model: name };
}

/** Finds the model behind an entity, and which entity it says it is. @throws InputError, NotFoundError, UpstreamError */
export async function resolveModel(
  connections: WritableConnections,
  { entity, signal }: Pick<ResolveContext<unknown>, 'entity' | 'signal'>,
): Promise<ResolvedTarget> {
  const annotation = entity?.metadata.annotations?.[modelAnnotation];
  if (annotation === undefined) throw new InputError(`The entity has no annotation ${modelAnnotation}`);
  const ref = parseModelRef(annotation);
  const model = await findModel(connections.ofProject(ref.project), ref, signal);
  if (!model) throw modelNotFound(ref);
  return {
    target: targetOf(ref),
    claimedEntityRef: entityRefOfLabel(model.labels?.[entityLabel]),
    discoveredEntityRef: generatedModelEntityRef(ref),
  };
}

/** An error with code `MODEL_NOT_FOUND`. */
export function modelNotFound(ref: ModelRef): Error {
  return withCode<Error, MlModelsErrorCode>(
    new NotFoundError(`There is no model ${formatModelRef(ref)} in BigQuery.`),
    'MODEL_NOT_FOUND',
  );
}
