import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { gateSchema, type Gate } from '@leitstand/plugin-ml-models-common';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { gateMetricsOf } from '../../components/ModelActions/retrainSchema';
import { useMetricWords } from '../../hooks/useMetricWords';
import type { GateDraft } from '../model/drafts';
import { draftOf, type FieldProps } from '../model/fieldProps';
import { mlModelsTemplateTranslationRef, templateWordsOf } from '../templateTranslation';
import { FieldFrame } from './FieldFrame';
import { NumberField } from './NumberField';

const costs: ReadonlyArray<Gate['metric']> = ['mean_absolute_error', 'log_loss'];

/** What the model has to reach to be kept; of the measures that its type has. */
function GateField({ formData = {}, onChange, schema, ...others }: FieldProps<GateDraft>) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const words = useMetricWords();
  const { modelType } = draftOf(others).options ?? {};
  const metrics = gateMetricsOf(modelType === 'logistic_reg' ? 'LOGISTIC_REGRESSION' : 'LINEAR_REGRESSION');
  const metric = formData.metric && metrics.includes(formData.metric) ? formData.metric : undefined;
  return (
    <FieldFrame title={schema.title} description={schema.description}>
      <Stack direction="row" spacing={2} useFlexGap flexWrap="wrap">
        <TextField
          select
          label={t('gate.metric')}
          value={metric ?? ''}
          onChange={event =>
            onChange(event.target.value === '' ? {} : { ...formData, metric: event.target.value as Gate['metric'] })
          }
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
          sx={{ minWidth: 220 }}
        >
          <MenuItem value="">{t('gate.none')}</MenuItem>
          {metrics.map(name => (
            <MenuItem key={name} value={name}>
              {words.nameOf(name)}
            </MenuItem>
          ))}
        </TextField>
        {metric && (
          <NumberField
            label={t(costs.includes(metric) ? 'gate.atMost' : 'gate.atLeast')}
            value={formData.bound}
            onChange={bound => onChange({ ...formData, bound })}
          />
        )}
      </Stack>
      {metric && (
        <Typography variant="body2" color="text.secondary">
          {t('gate.meaning')} {words.meaningOf(metric)}
        </Typography>
      )}
    </FieldFrame>
  );
}

/** `ui:field: BigQueryGate`. Its value is the `gate` of the operation `ml-models-create`, or `{}` for none. */
export const gateField = createFormField({
  name: 'BigQueryGate',
  component: GateField,
  validation(value: GateDraft, field, { apiHolder }) {
    if (value.metric === undefined) return;
    if (value.bound === undefined || !gateSchema.safeParse(value).success) {
      field.addError(templateWordsOf(apiHolder)('gate.invalid'));
    }
  },
});
