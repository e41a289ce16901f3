import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ErrorState, LoadingState } from '@leitstand/plugin-kit-react';
import { datasetRefSchema, type DatasetList } from '@leitstand/plugin-ml-models-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useDatasets } from '../hooks/useDatasets';
import type { DatasetDraft } from '../model/drafts';
import type { FieldProps } from '../model/fieldProps';
import { mlModelsTemplateTranslationRef, templateWordsOf } from '../templateTranslation';
import { FieldFrame } from './FieldFrame';

const newDataset = 'new';

/** A dataset that is there, or the name and place of a new one. */
export function DatasetField({ formData = {}, onChange, schema }: FieldProps<DatasetDraft>) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { value, error, reload } = useDatasets();
  if (error !== undefined && !value) return <ErrorState error={error} onRetry={reload} />;
  if (!value) return <LoadingState />;
  const keyOf = ({ project, dataset }: DatasetDraft) => `${project}.${dataset}`;
  const choose = (key: string) => {
    const found = value.items.find(item => keyOf(item) === key);
    if (found) onChange({ project: found.project, dataset: found.dataset });
    else onChange({ project: projectsOf(value)[0], create: { location: value.items[0]?.location ?? '' } });
  };
  const chosen = formData.create ? newDataset : keyOf(formData);
  return (
    <FieldFrame title={schema.title} description={schema.description}>
      <TextField
        select
        required
        label={t('dataset.field')}
        value={chosen === newDataset || value.items.some(item => keyOf(item) === chosen) ? chosen : ''}
        onChange={event => choose(event.target.value)}
      >
        {value.items.map(item => (
          <MenuItem key={keyOf(item)} value={keyOf(item)}>
            {item.dataset}&ensp;
            <small>{t('dataset.where', { project: item.project, location: item.location })}</small>
          </MenuItem>
        ))}
        <MenuItem value={newDataset}>{t('dataset.new')}</MenuItem>
      </TextField>
      {formData.create && <NewDataset value={formData} projects={projectsOf(value)} onChange={onChange} />}
    </FieldFrame>
  );
}

function NewDataset(props: { value: DatasetDraft; projects: string[]; onChange: (value: DatasetDraft) => void }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { value, projects, onChange } = props;
  return (
    <Stack direction="row" spacing={2} useFlexGap flexWrap="wrap">
      <TextField
        select={projects.length > 1}
        label={t('dataset.project')}
        value={value.project ?? ''}
        onChange={event => onChange({ ...value, project: event.target.value })}
        sx={{ minWidth: 180 }}
      >
        {projects.map(project => (
          <MenuItem key={project} value={project}>
            {project}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        required
        label={t('dataset.name')}
        value={value.dataset ?? ''}
        onChange={event => onChange({ ...value, dataset: event.target.value })}
        InputLabelProps={{ shrink: true }}
      />
      <TextField
        required
        label={t('dataset.location')}
        helperText={t('dataset.locationHint')}
        value={value.create?.location ?? ''}
        onChange={event => onChange({ ...value, create: { location: event.target.value } })}
        InputLabelProps={{ shrink: true }}
      />
    </Stack>
  );
}

function projectsOf({ items }: DatasetList): string[] {
  return [...new Set(items.map(({ project }) => project))];
}

/** `ui:field: BigQueryDataset`. Its value: `{ project, dataset, create?: { location } }`. */
export const datasetField = createFormField({
  name: 'BigQueryDataset',
  component: DatasetField,
  validation(value: DatasetDraft, field, { apiHolder }) {
    const isPlaced = value.create === undefined || value.create.location.trim() !== '';
    if (!datasetRefSchema.safeParse(value).success || !isPlaced) {
      field.addError(templateWordsOf(apiHolder)('dataset.invalid'));
    }
  },
});
