import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { setLabelsInputSchema, type Model } from '@leitstand/plugin-ml-models-common';
import type { OperationForm, OperationFormFields } from '@leitstand/plugin-operations-react';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { z } from 'zod/v3';
import { mlModelsTranslationRef } from '../../translation';

/** One label a line, as `key: value`. */
interface LabelsValues {
  text: string;
}

/** Labels of the portal itself, which the operation keeps whatever is asked. */
const ownPrefix = 'leitstand-';

/** Asks for the labels as they shall be. */
export function useLabelsForm({ labels }: Pick<Model, 'labels'>): OperationForm {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const text = Object.entries(labels)
    .filter(([key]) => !key.startsWith(ownPrefix))
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
  return useMemo(() => {
    const form: OperationForm<LabelsValues> = {
      initialValues: { text },
      schema: labelsFormSchema(t('operation.labels.invalid')),
      renderFields: fields => <LabelsField fields={fields} />,
    };
    return form as OperationForm; // the dialog hands back the values that it was given
  }, [text, t]);
}

/** What the operation takes, from one label a line. */
export function labelsFormSchema(invalid: string) {
  return z.object({ text: z.string() }).transform(({ text }, context) => {
    const lines = text.split('\n').filter(line => line.trim() !== '');
    const entries = lines.map(line => {
      const [key, ...value] = line.split(/[:=]/);
      return [key.trim(), value.join(':').trim()];
    });
    const parsed = setLabelsInputSchema.safeParse({ labels: Object.fromEntries(entries) });
    if (parsed.success) return parsed.data;
    context.addIssue({ code: z.ZodIssueCode.custom, path: ['text'], message: invalid });
    return z.NEVER;
  });
}

function LabelsField(props: { fields: OperationFormFields<LabelsValues> }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { values, setValues, errorOf } = props.fields;
  const error = errorOf('text');
  return (
    <TextField
      multiline
      minRows={3}
      label={t('operation.labels.text')}
      value={values.text}
      onChange={event => setValues({ text: event.target.value })}
      error={error !== undefined}
      helperText={error ?? t('operation.labels.hint')}
      InputLabelProps={{ shrink: true }}
      inputProps={{ spellCheck: false, style: { fontFamily: 'var(--bui-font-monospace)', fontSize: 13 } }}
      sx={{ marginTop: 1 }}
    />
  );
}
