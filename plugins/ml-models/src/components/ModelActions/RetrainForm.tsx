import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Model } from '@leitstand/plugin-ml-models-common';
import type { OperationForm, OperationFormFields } from '@leitstand/plugin-operations-react';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { useMetricWords } from '../../hooks/useMetricWords';
import { mlModelsTranslationRef } from '../../translation';
import { gateMetricsOf, initialRetrainValues, retrainFormSchema, type RetrainValues } from './retrainSchema';

type Fields = OperationFormFields<RetrainValues>;

/** Asks on which data to train, what has to come out of it, and with which options. */
export function useRetrainForm({ quality, type }: Pick<Model, 'quality' | 'type'>): OperationForm {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { metric, value } = quality ?? {};
  return useMemo(() => {
    const present = metric === undefined || value === undefined ? undefined : { metric, value };
    const form: OperationForm<RetrainValues> = {
      initialValues: initialRetrainValues({ quality: present, type }),
      schema: retrainFormSchema(type, {
        notANumber: t('operation.retrain.notANumber'),
        gateEmpty: t('operation.retrain.gateEmpty'),
        sourceInvalid: t('operation.retrain.sourceInvalid'),
        optionsInvalid: t('operation.retrain.optionsInvalid'),
      }),
      renderFields: fields => <RetrainFields fields={fields} type={type} />,
    };
    return form as OperationForm; // the dialog hands back the values that it was given
  }, [metric, value, type, t]);
}

function RetrainFields(props: { fields: Fields; type: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { values, setValues } = props.fields;
  return (
    <Stack spacing={2} sx={{ paddingTop: 1 }}>
      <SourceFields fields={props.fields} />
      <GateFields fields={props.fields} type={props.type} />
      <FormControlLabel
        control={
          <Checkbox
            checked={values.isWithOptions}
            onChange={event => setValues({ isWithOptions: event.target.checked })}
          />
        }
        label={t('operation.retrain.withOptions')}
      />
      {values.isWithOptions && (
        <Stack direction="row" spacing={2} useFlexGap flexWrap="wrap">
          {(['l1Reg', 'l2Reg', 'maxIterations'] as const).map(name => (
            <ValueField key={name} fields={props.fields} name={name} label={t(`operation.retrain.${name}`)} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function SourceFields(props: { fields: Fields }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { fields } = props;
  const { values, setValues } = fields;
  const code = { inputProps: { spellCheck: false, style: { fontFamily: 'var(--bui-font-monospace)', fontSize: 13 } } };
  return (
    <>
      <TextField
        select
        label={t('operation.retrain.source')}
        value={values.source}
        onChange={event => setValues({ source: event.target.value as RetrainValues['source'] })}
      >
        {(['same', 'table', 'query', 'csv'] as const).map(source => (
          <MenuItem key={source} value={source}>
            {t(`operation.retrain.sources.${source}`)}
          </MenuItem>
        ))}
      </TextField>
      {(values.source === 'table' || values.source === 'csv') && (
        <ValueField
          fields={fields}
          name="table"
          label={t(values.source === 'csv' ? 'operation.retrain.newTable' : 'operation.retrain.table')}
        />
      )}
      {values.source === 'query' && (
        <ValueField fields={fields} name="query" label={t('operation.retrain.query')} multiline minRows={4} {...code} />
      )}
      {values.source === 'csv' && (
        <ValueField
          fields={fields}
          name="csv"
          label={t('operation.retrain.csv')}
          multiline
          minRows={5}
          maxRows={12}
          {...code}
        />
      )}
    </>
  );
}

function GateFields(props: { fields: Fields; type: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const words = useMetricWords();
  const { fields, type } = props;
  const { values, setValues } = fields;
  return (
    <>
      <Typography variant="body2" color="text.secondary">
        {t('operation.retrain.gateWords')}
      </Typography>
      <Stack direction="row" spacing={2} useFlexGap flexWrap="wrap">
        <TextField
          select
          label={t('operation.retrain.gate')}
          value={values.metric}
          onChange={event => setValues({ metric: event.target.value as RetrainValues['metric'] })}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
          sx={{ minWidth: 200 }}
        >
          <MenuItem value="">{t('operation.retrain.noGate')}</MenuItem>
          {gateMetricsOf(type).map(metric => (
            <MenuItem key={metric} value={metric}>
              {words.nameOf(metric)}
            </MenuItem>
          ))}
        </TextField>
        {values.metric !== '' && (
          <>
            <ValueField fields={fields} name="maximumLoss" label={t('operation.retrain.maximumLoss')} />
            <ValueField fields={fields} name="bound" label={t('operation.retrain.bound')} />
          </>
        )}
      </Stack>
    </>
  );
}

function ValueField(
  props: { fields: Fields; name: Exclude<keyof RetrainValues, 'isWithOptions' | 'source' | 'metric'> } & TextFieldProps,
) {
  const { fields, name, ...field } = props;
  const error = fields.errorOf(name) ?? (name === 'table' ? fields.errorOf(fields.values.source) : undefined);
  return (
    <TextField
      {...field}
      value={fields.values[name]}
      onChange={event => fields.setValues({ [name]: event.target.value })}
      error={error !== undefined}
      helperText={error}
      InputLabelProps={{ shrink: true }}
    />
  );
}
