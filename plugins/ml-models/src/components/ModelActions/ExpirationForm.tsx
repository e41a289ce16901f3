import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Model } from '@leitstand/plugin-ml-models-common';
import type { OperationForm, OperationFormFields } from '@leitstand/plugin-operations-react';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { z } from 'zod/v3';
import { mlModelsTranslationRef } from '../../translation';

/** What the fields hold: a day of the person's calendar. */
interface ExpirationValues {
  isKept: boolean;
  day: string;
}

/** Asks until when the model is kept. */
export function useExpirationForm({ expiresAt }: Pick<Model, 'expiresAt'>): OperationForm {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  return useMemo(() => {
    const form: OperationForm<ExpirationValues> = {
      initialValues: { isKept: expiresAt === undefined, day: expiresAt?.slice(0, 10) ?? '' },
      schema: expirationFormSchema(t('operation.expiration.noDay'), new Date()),
      renderFields: fields => <ExpirationFields fields={fields} />,
    };
    return form as OperationForm; // the dialog hands back the values that it was given
  }, [expiresAt, t]);
}

/** What the operation takes: the end of the chosen day in UTC, or null. */
export function expirationFormSchema(noDay: string, now: Date) {
  return z
    .object({ isKept: z.boolean(), day: z.string() })
    .transform(({ isKept, day }) => ({ isKept, end: isKept ? null : `${day}T23:59:59.000Z` }))
    .refine(({ end }) => end === null || Date.parse(end) > now.getTime(), { message: noDay, path: ['day'] })
    .transform(({ end }) => ({ expiresAt: end }));
}

function ExpirationFields(props: { fields: OperationFormFields<ExpirationValues> }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { values, setValues, errorOf } = props.fields;
  const error = errorOf('day');
  return (
    <Stack spacing={2} sx={{ paddingTop: 1 }}>
      <FormControlLabel
        control={<Checkbox checked={values.isKept} onChange={event => setValues({ isKept: event.target.checked })} />}
        label={t('operation.expiration.keep')}
      />
      {!values.isKept && (
        <TextField
          type="date"
          label={t('operation.expiration.day')}
          value={values.day}
          onChange={event => setValues({ day: event.target.value })}
          error={error !== undefined}
          helperText={error ?? t('operation.expiration.hint')}
          InputLabelProps={{ shrink: true }}
          sx={{ maxWidth: 320 }}
        />
      )}
    </Stack>
  );
}
