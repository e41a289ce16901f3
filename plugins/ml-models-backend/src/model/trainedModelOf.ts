import type bigquery from '@google-cloud/bigquery/build/src/types';
import { trainedBy } from './modelOf';

/** The model that a job trains, written `project.dataset.model`; undefined for every other job. */
export function trainedModelOf({ configuration, jobReference, statistics }: bigquery.IJob): string | undefined {
  if (statistics?.query?.statementType !== 'CREATE_MODEL') return undefined;
  const { query = '', defaultDataset } = configuration?.query ?? {};
  return trainedBy(query, {
    project: defaultDataset?.projectId ?? jobReference?.projectId ?? '',
    dataset: defaultDataset?.datasetId,
  });
}
