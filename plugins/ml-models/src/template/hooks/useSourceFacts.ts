import { InputError, NotFoundError } from '@backstage/errors';
import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { Column, QueryEstimate } from '@leitstand/plugin-ml-models-common';
import { useCallback, useMemo } from 'react';
import { mlModelsApiRef } from '../../api';
import type { TemplateDraft } from '../model/drafts';
import { readCsv, type CsvProblem } from '../model/readCsv';

/** How long nothing has to be typed before BigQuery is asked, in milliseconds. */
const quietMs = 600;

/** What is known of the data before anything is trained. */
export interface SourceFacts {
  columns: Column[];
  /** Of a CSV. */
  firstRows?: string[][];
  rowCount?: number;
  /** Of a query. */
  estimate?: QueryEstimate;
  /** Why a CSV cannot be trained on. */
  problem?: CsvProblem;
}

/** Columns of the data that were given, of whichever kind; undefined as long as there are none. Nothing is billed. */
export function useSourceFacts({ dataset = {}, source = {} }: TemplateDraft): Resource<SourceFacts | undefined> {
  const models = useApi(mlModelsApiRef);
  const { project, dataset: datasetId, create } = dataset;
  const { kind, csv = '', table, query = '' } = source;
  const isNew = create !== undefined;
  const load = useCallback(
    async (signal: AbortSignal): Promise<SourceFacts | undefined> => {
      if (kind === 'table' && project && datasetId && table && !isNew) {
        const { items } = await models.listTables({ project, dataset: datasetId }, { signal });
        const found = items.find(({ ref }) => ref.table === table);
        if (!found) throw new NotFoundError(`There is no table ${table}`);
        return { columns: found.columns, rowCount: found.rowCount };
      }
      if (kind === 'query' && project && query.trim() !== '') {
        await quiet(signal);
        const estimate = await models.estimateQuery({ project, query }, { signal });
        return { columns: estimate.columns, estimate };
      }
      return undefined;
    },
    [models, kind, project, datasetId, isNew, table, query],
  );
  const asked = useResource(load);
  const read = useMemo(() => (kind === 'csv' && csv.trim() !== '' ? factsOfCsv(csv) : undefined), [kind, csv]);
  return kind === 'csv' ? { ...asked, value: read, error: undefined, isLoading: false } : asked;
}

function factsOfCsv(csv: string): SourceFacts {
  const read = readCsv(csv);
  return read.problem ? { columns: [], problem: read.problem } : read;
}

function quiet(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, quietMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new InputError('Another query was typed'));
    });
  });
}
