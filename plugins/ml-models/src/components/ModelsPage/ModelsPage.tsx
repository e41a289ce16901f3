import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, LoadingState, PageFrame, useFilterInAddress } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import { useState } from 'react';
import { useModels, type Models } from '../../hooks/useModels';
import { modelFilterFormat, type ModelFilter } from '../../model/modelFilter';
import { mlModelsTranslationRef } from '../../translation';
import { CompareBar } from './CompareBar';
import { ModelsEmpty } from './ModelsEmpty';
import { ModelsFilterBar } from './ModelsFilterBar';
import { ModelsTable } from './ModelsTable';
import { SourceNotes } from './SourceNotes';

/** Every model of every connection, with filters in the address, and some of them to compare. */
export function ModelsPage() {
  const [filter, setFilter] = useFilterInAddress<ModelFilter>(modelFilterFormat);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const models = useModels(filter);
  return (
    <PageFrame>
      <ModelsFilterBar filter={filter} list={models.list} onChange={setFilter} />
      <CompareBar selected={selected} onClear={() => setSelected([])} />
      <Paper sx={{ overflow: 'hidden' }} aria-busy={models.isLoading}>
        <ModelsContent
          models={models}
          filter={filter}
          onFilter={setFilter}
          selected={selected}
          onSelect={setSelected}
        />
      </Paper>
    </PageFrame>
  );
}

function ModelsContent(props: {
  models: Models;
  filter: ModelFilter;
  onFilter: (filter: ModelFilter) => void;
  selected: readonly string[];
  onSelect: (selected: readonly string[]) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { list, error, isLoading, reload, loadMore } = props.models;
  // An answer to another filter must not look like the answer to this one.
  if (error !== undefined && (!list || isLoading)) return <ErrorState error={error} onRetry={reload} />;
  if (!list) return <LoadingState lines={8} />;
  return (
    <>
      {error !== undefined && (
        <Alert severity="warning" role="status" sx={{ margin: 1 }}>
          {t('list.refreshFailed')}
        </Alert>
      )}
      <SourceNotes list={list} />
      {list.items.length > 0 ? (
        <ModelsTable
          models={list.items}
          isDimmed={isLoading}
          onNearEnd={loadMore}
          selected={props.selected}
          onSelect={props.onSelect}
        />
      ) : (
        <ModelsEmpty list={list} filter={props.filter} onClear={() => props.onFilter({})} />
      )}
    </>
  );
}
