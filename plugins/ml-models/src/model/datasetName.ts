import type { DatasetRef } from '@leitstand/plugin-ml-models-common';

/** `project.dataset`, as people write it. */
export function datasetName({ project, dataset }: DatasetRef): string {
  return `${project}.${dataset}`;
}
