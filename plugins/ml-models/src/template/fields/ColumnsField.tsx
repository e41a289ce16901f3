import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { columnNameSchema, type Column } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useSourceFacts } from '../hooks/useSourceFacts';
import type { ColumnsDraft } from '../model/drafts';
import { draftOf, type FieldProps } from '../model/fieldProps';
import { mlModelsTemplateTranslationRef, templateWordsOf } from '../templateTranslation';
import { FieldFrame } from './FieldFrame';
import { SourcePreview } from './SourcePreview';

/** Which column is predicted, and from which others; from the columns of the data. */
export function ColumnsField({ formData = {}, onChange, schema, ...others }: FieldProps<ColumnsDraft>) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const facts = useSourceFacts(draftOf(others));
  const { label, features = [] } = formData;
  if (!facts.value || facts.value.problem) {
    return (
      <FieldFrame title={schema.title} description={schema.description}>
        <SourcePreview facts={facts} />
        {!facts.isLoading && <Alert severity="info">{t('columns.sourceFirst')}</Alert>}
      </FieldFrame>
    );
  }
  const { columns } = facts.value;
  const names = columns.map(({ name }) => name);
  const gone = [label, ...features].filter(name => name !== undefined && !names.includes(name));
  // Whoever has chosen no features yet gets all: leaving some out is the exception.
  const chooseLabel = (name: string) => {
    const rest = features.length > 0 && label !== undefined ? features : names;
    onChange({ label: name, features: rest.filter(feature => feature !== name) });
  };
  return (
    <FieldFrame title={schema.title} description={schema.description}>
      {gone.length > 0 && <Alert severity="error">{t('columns.gone', { columns: gone.join(', ') })}</Alert>}
      <TextField
        select
        required
        label={t('columns.label')}
        value={label !== undefined && names.includes(label) ? label : ''}
        onChange={event => chooseLabel(event.target.value)}
      >
        {columns.map(({ name, type }) => (
          <MenuItem key={name} value={name}>
            {name}&ensp;<small>{type}</small>
          </MenuItem>
        ))}
      </TextField>
      <FeatureChoice
        columns={columns.filter(({ name }) => name !== label)}
        features={features}
        onChange={chosen => onChange({ label, features: chosen })}
      />
    </FieldFrame>
  );
}

function FeatureChoice(props: {
  columns: Column[];
  features: readonly string[];
  onChange: (features: string[]) => void;
}) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { columns, features, onChange } = props;
  const names = columns.map(({ name }) => name);
  const toggle = (name: string) =>
    onChange(names.filter(other => (other === name ? !features.includes(name) : features.includes(other))));
  return (
    <FormControl component="fieldset" required>
      <FormLabel component="legend">{t('columns.features')}</FormLabel>
      <FormGroup row>
        {columns.map(({ name, type }) => (
          <FormControlLabel
            key={name}
            control={<Checkbox size="small" checked={features.includes(name)} onChange={() => toggle(name)} />}
            label={
              <>
                {name}&ensp;<small>{type}</small>
              </>
            }
          />
        ))}
      </FormGroup>
      <Stack direction="row" spacing={1}>
        <Button size="small" onClick={() => onChange(names)}>
          {t('columns.all')}
        </Button>
        <Button size="small" onClick={() => onChange([])}>
          {t('columns.none')}
        </Button>
      </Stack>
      <FormHelperText sx={{ marginLeft: 0 }}>{t('columns.featuresHint')}</FormHelperText>
    </FormControl>
  );
}

/** `ui:field: BigQueryColumns`. Its value: `{ label, features: [] }`. */
export const columnsField = createFormField({
  name: 'BigQueryColumns',
  component: ColumnsField,
  validation({ label, features = [] }: ColumnsDraft, field, { apiHolder }) {
    const isNamed = columnNameSchema.safeParse(label).success && features.length > 0;
    if (!isNamed || features.includes(label ?? '')) field.addError(templateWordsOf(apiHolder)('columns.invalid'));
  },
});
