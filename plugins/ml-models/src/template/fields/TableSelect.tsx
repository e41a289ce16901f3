import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, LoadingState, useResource } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useCallback } from 'react';
import { mlModelsApiRef } from '../../api';
import type { DatasetDraft, SourceDraft } from '../model/drafts';
import { mlModelsTemplateTranslationRef } from '../templateTranslation';

/** One of the tables of the dataset that was chosen. */
export function TableSelect(props: {
  dataset: DatasetDraft | undefined;
  value: SourceDraft;
  onChange: (value: SourceDraft) => void;
}) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const models = useApi(mlModelsApiRef);
  const { project, dataset, create } = props.dataset ?? {};
  const load = useCallback(
    async (signal: AbortSignal) => {
      if (!project || !dataset) return undefined;
      return models.listTables({ project, dataset }, { signal });
    },
    [models, project, dataset],
  );
  const { value: tables, error, reload, isLoading } = useResource(load);
  if (create) return <Alert severity="info">{t('source.noTables')}</Alert>;
  if (!project) return <Alert severity="info">{t('source.datasetFirst')}</Alert>;
  if (error !== undefined && !tables) return <ErrorState error={error} onRetry={reload} />;
  if (!tables || isLoading) return <LoadingState />;
  if (tables.items.length === 0) return <Alert severity="info">{t('source.noTables')}</Alert>;
  const names = tables.items.map(({ ref }) => ref.table);
  return (
    <TextField
      select
      required
      label={t('source.table')}
      value={props.value.table !== undefined && names.includes(props.value.table) ? props.value.table : ''}
      onChange={event => props.onChange({ ...props.value, table: event.target.value })}
    >
      {names.map(name => (
        <MenuItem key={name} value={name}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
