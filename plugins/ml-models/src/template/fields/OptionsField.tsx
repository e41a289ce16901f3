import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { modelOptionsSchema } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useSourceFacts } from '../hooks/useSourceFacts';
import type { OptionsDraft } from '../model/drafts';
import { draftOf, type FieldProps } from '../model/fieldProps';
import { mlModelsTemplateTranslationRef, templateWordsOf } from '../templateTranslation';
import { FieldFrame } from './FieldFrame';
import { NumberField } from './NumberField';

const types = ['linear_reg', 'logistic_reg'] as const;
const numbers = ['l1Reg', 'l2Reg', 'maxIterations'] as const;
const strategies = ['AUTO_STRATEGY', 'NORMAL_EQUATION', 'BATCH_GRADIENT_DESCENT'] as const;
const numericTypes = ['INT64', 'FLOAT64', 'NUMERIC', 'BIGNUMERIC'];

/** The type of model, with the options that it has and no others. */
function OptionsField({ formData = {}, onChange, schema, ...others }: FieldProps<OptionsDraft>) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const draft = draftOf(others);
  const { value: facts } = useSourceFacts(draft);
  const label = facts?.columns.find(({ name }) => name === draft.columns?.label);
  const { modelType, l1Reg, l2Reg, maxIterations } = formData;
  return (
    <FieldFrame title={schema.title} description={schema.description}>
      <TextField
        select
        required
        label={t('options.type')}
        value={modelType ?? ''}
        helperText={modelType && t(`options.types.${modelType}.meaning`)}
        onChange={event =>
          onChange(
            withoutUnset({ modelType: event.target.value as (typeof types)[number], l1Reg, l2Reg, maxIterations }),
          )
        }
      >
        {types.map(type => (
          <MenuItem key={type} value={type}>
            {t(`options.types.${type}.name`)}
          </MenuItem>
        ))}
      </TextField>
      {modelType === 'linear_reg' && label && !numericTypes.includes(label.type) && (
        <Alert severity="warning">{t('options.notANumber', { label: label.name, type: label.type })}</Alert>
      )}
      {modelType && <TypeOptions value={formData} onChange={onChange} />}
    </FieldFrame>
  );
}

function TypeOptions(props: { value: OptionsDraft; onChange: (value: OptionsDraft) => void }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { value, onChange } = props;
  return (
    <>
      <Stack direction="row" spacing={2} useFlexGap flexWrap="wrap">
        {numbers.map(name => (
          <NumberField
            key={name}
            label={t(`options.${name}`)}
            placeholder={t('options.default')}
            value={value[name]}
            onChange={number => onChange(withoutUnset({ ...value, [name]: number }))}
          />
        ))}
        {value.modelType === 'linear_reg' && (
          <TextField
            select
            label={t('options.optimizeStrategy')}
            value={value.optimizeStrategy ?? strategies[0]}
            onChange={event => onChange({ ...value, optimizeStrategy: event.target.value })}
            sx={{ minWidth: 200 }}
          >
            {strategies.map(strategy => (
              <MenuItem key={strategy} value={strategy}>
                {t(`options.strategies.${strategy}`)}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Stack>
      {value.modelType === 'logistic_reg' && (
        <FormControlLabel
          control={
            <Checkbox
              checked={value.autoClassWeights ?? false}
              onChange={event => onChange({ ...value, autoClassWeights: event.target.checked })}
            />
          }
          label={t('options.autoClassWeights')}
        />
      )}
    </>
  );
}

/** What is left to BigQuery is not there at all: the review shows every key. */
function withoutUnset(options: OptionsDraft): OptionsDraft {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** `ui:field: BigQueryModelOptions`. Its value is the `options` of the operation `ml-models-create`. */
export const optionsField = createFormField({
  name: 'BigQueryModelOptions',
  component: OptionsField,
  validation(value: OptionsDraft, field, { apiHolder }) {
    if (!modelOptionsSchema.safeParse(value).success) field.addError(templateWordsOf(apiHolder)('options.invalid'));
  },
});
