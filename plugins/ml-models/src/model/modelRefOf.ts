import type { Entity } from '@backstage/catalog-model';
import { modelAnnotation, parseModelRef, type ModelRef } from '@leitstand/plugin-ml-models-common';

/** The BigQuery ML model behind an entity; undefined where there is none, or its annotation names none. */
export function modelRefOf(entity: Entity): ModelRef | undefined {
  const text = entity.metadata.annotations?.[modelAnnotation];
  if (text === undefined) return undefined;
  try {
    return parseModelRef(text);
  } catch {
    return undefined; // the tab says what the annotation has to look like
  }
}
