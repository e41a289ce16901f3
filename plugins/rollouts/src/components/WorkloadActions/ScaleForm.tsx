import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { OperationForm, OperationFormFields } from '@leitstand/plugin-operations-react';
import { maxReplicaCount, type Autoscaler, type Workload } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { z } from 'zod/v3';
import { rolloutsTranslationRef } from '../../translation';

/** What the fields hold: numbers as text. */
interface ScaleValues {
  target: 'workload' | 'autoscaler';
  replicas: string;
  minReplicas: string;
  maxReplicas: string;
}

type Fields = OperationFormFields<ScaleValues>;
type Bounds = Pick<Autoscaler, 'minReplicas' | 'maxReplicas'>;

/** Asks for the number of replicas, or for the bounds of the autoscaler where there is one. */
export function useScaleForm(workload: Workload): OperationForm {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { desired } = workload.replicas;
  const { minReplicas, maxReplicas } = workload.autoscaler ?? {};
  return useMemo(() => {
    const bounds = minReplicas === undefined || maxReplicas === undefined ? undefined : { minReplicas, maxReplicas };
    const form: OperationForm<ScaleValues> = {
      initialValues: {
        target: bounds ? 'autoscaler' : 'workload',
        replicas: String(desired),
        minReplicas: String(bounds?.minReplicas ?? 1),
        maxReplicas: String(bounds?.maxReplicas ?? 1),
      },
      schema: scaleFormSchema({
        notANumber: min => t('operation.scaleForm.notANumber', { min: String(min), max: String(maxReplicaCount) }),
        boundsCrossed: t('operation.scaleForm.boundsCrossed'),
      }),
      renderFields: fields => <ScaleFields fields={fields} desired={desired} bounds={bounds} />,
    };
    return form as OperationForm; // the dialog hands back the values that it was given
  }, [desired, minReplicas, maxReplicas, t]);
}

/** What the operation takes, from what the fields hold. */
function scaleFormSchema(words: { notANumber: (min: number) => string; boundsCrossed: string }) {
  const count = (min: number) =>
    z
      .string()
      .trim()
      .refine(text => /^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= maxReplicaCount, {
        message: words.notANumber(min),
      })
      .transform(Number);
  const workload = z.object({ target: z.literal('workload'), replicas: count(0) });
  const autoscaler = z.object({ target: z.literal('autoscaler'), minReplicas: count(1), maxReplicas: count(1) });
  return z
    .discriminatedUnion('target', [workload, autoscaler])
    .refine(input => input.target === 'workload' || input.minReplicas <= input.maxReplicas, {
      message: words.boundsCrossed,
      path: ['maxReplicas'],
    });
}

function ScaleFields(props: { fields: Fields; desired: number; bounds: Bounds | undefined }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { fields, desired, bounds } = props;
  const { values } = fields;
  const now = bounds
    ? t('operation.scaleForm.nowAutoscaled', {
        replicas: String(desired),
        min: String(bounds.minReplicas),
        max: String(bounds.maxReplicas),
      })
    : t('operation.scaleForm.now', { replicas: String(desired) });
  return (
    <Stack spacing={2} sx={{ paddingTop: 1 }}>
      {bounds && <TargetField fields={fields} />}
      {values.target === 'workload' && (
        <>
          <CountField fields={fields} name="replicas" label={t('operation.scaleForm.replicas')} hint={now} min={0} />
          {values.replicas.trim() === '0' && <Alert severity="warning">{t('operation.scaleForm.toZero')}</Alert>}
        </>
      )}
      {values.target === 'autoscaler' && bounds && (
        <Stack direction="row" spacing={2}>
          {(['minReplicas', 'maxReplicas'] as const).map(name => (
            <CountField
              key={name}
              fields={fields}
              name={name}
              label={t(name === 'minReplicas' ? 'operation.scaleForm.min' : 'operation.scaleForm.max')}
              hint={t('operation.scaleForm.boundNow', { replicas: String(bounds[name]) })}
              min={1}
            />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function TargetField(props: { fields: Fields }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { values, setValues } = props.fields;
  const choose = (value: string) => setValues({ target: value === 'autoscaler' ? 'autoscaler' : 'workload' });
  return (
    <FormControl>
      <FormLabel id="scale-target">{t('operation.scaleForm.what')}</FormLabel>
      <RadioGroup aria-labelledby="scale-target" value={values.target} onChange={(_, value) => choose(value)}>
        <FormControlLabel value="autoscaler" control={<Radio />} label={t('operation.scaleForm.autoscaler')} />
        <FormControlLabel value="workload" control={<Radio />} label={t('operation.scaleForm.workload')} />
      </RadioGroup>
    </FormControl>
  );
}

function CountField(props: {
  fields: Fields;
  name: 'replicas' | 'minReplicas' | 'maxReplicas';
  label: string;
  hint: string;
  min: number;
}) {
  const { fields, name, label, hint, min } = props;
  const error = fields.errorOf(name);
  return (
    <TextField
      type="number"
      label={label}
      value={fields.values[name]}
      onChange={event => fields.setValues({ [name]: event.target.value })}
      error={error !== undefined}
      helperText={error ?? hint}
      inputProps={{ min, max: maxReplicaCount, step: 1 }}
      sx={{ maxWidth: 420 }}
    />
  );
}
