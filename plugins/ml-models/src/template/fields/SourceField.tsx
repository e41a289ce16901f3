import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { tableIdSchema, trainingSourceSchema } from '@leitstand/plugin-ml-models-common';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useRef } from 'react';
import { useSourceFacts } from '../hooks/useSourceFacts';
import type { SourceDraft } from '../model/drafts';
import { draftOf, type FieldProps } from '../model/fieldProps';
import { readCsv } from '../model/readCsv';
import { mlModelsTemplateTranslationRef, templateWordsOf } from '../templateTranslation';
import { CsvField } from './CsvField';
import { FieldFrame } from './FieldFrame';
import { SourcePreview } from './SourcePreview';
import { TableSelect } from './TableSelect';

const kinds = ['csv', 'table', 'query'] as const;

/** Where the rows come from that are trained on, with what is known of them. */
function SourceField({ formData = {}, onChange, schema, ...others }: FieldProps<SourceDraft>) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { dataset } = draftOf(others);
  const facts = useSourceFacts({ dataset, source: formData });
  const left = useRef<Partial<Record<string, SourceDraft>>>({});
  const chooseKind = (kind: (typeof kinds)[number]) => {
    left.current[formData.kind ?? ''] = formData;
    onChange(left.current[kind] ?? { kind });
  };
  return (
    <FieldFrame title={schema.title} description={schema.description}>
      <TextField
        select
        required
        label={t('source.field')}
        value={formData.kind ?? ''}
        onChange={event => chooseKind(event.target.value as (typeof kinds)[number])}
      >
        {kinds.map(kind => (
          <MenuItem key={kind} value={kind}>
            {t(`source.kinds.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      {formData.kind === 'csv' && <CsvField value={formData} onChange={onChange} />}
      {formData.kind === 'table' && <TableSelect dataset={dataset} value={formData} onChange={onChange} />}
      {formData.kind === 'query' && (
        <TextField
          required
          multiline
          minRows={4}
          maxRows={16}
          label={t('source.query')}
          helperText={t('source.queryHint')}
          value={formData.query ?? ''}
          onChange={event => onChange({ ...formData, query: event.target.value })}
          InputLabelProps={{ shrink: true }}
          inputProps={{ spellCheck: false, style: { fontFamily: 'var(--bui-font-monospace)', fontSize: 13 } }}
        />
      )}
      <SourcePreview facts={facts} />
    </FieldFrame>
  );
}

/** `ui:field: BigQueryTrainingData`. Its value is the `source` of the operation `ml-models-create`. */
export const sourceField = createFormField({
  name: 'BigQueryTrainingData',
  component: SourceField,
  validation(value: SourceDraft, field, { apiHolder }) {
    if (trainingSourceSchema.safeParse(value).success) {
      // The preview says what is wrong with it.
      if (value.kind !== 'csv' || !readCsv(value.csv ?? '').problem) return;
    }
    const isTableNamed = value.kind === 'query' || tableIdSchema.safeParse(value.table).success;
    field.addError(templateWordsOf(apiHolder)(isTableNamed || !value.kind ? 'source.invalid' : 'source.invalidTable'));
  },
});
