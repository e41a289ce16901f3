import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Plan } from '@leitstand/plugin-operations-common';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId } from 'react';
import type { Consent } from '../../hooks/useConsent';
import { operationsReactTranslationRef } from '../../translation';

/** The reason and the confirmation, as far as the environment asks for them. A reason may always be given. */
export function ConsentFields(props: { plan: Plan; consent: Consent }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { plan, consent } = props;
  const { requirements } = consent;
  return (
    <Stack spacing={0.5}>
      <TextField
        label={requirements.reason ? t('dialog.reason') : t('dialog.reasonOptional')}
        helperText={consent.isReasonMissing ? t('dialog.reasonMissing') : t('dialog.reasonHelp')}
        error={consent.isReasonMissing}
        required={requirements.reason}
        value={consent.reason}
        onChange={event => consent.setReason(event.target.value)}
        inputRef={consent.reasonField}
        inputProps={{ maxLength: 1000 }}
        multiline
        maxRows={5}
        fullWidth
        size="small"
      />
      {requirements.confirmation && <Confirmation plan={plan} consent={consent} />}
    </Stack>
  );
}

function Confirmation(props: { plan: Plan; consent: Consent }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const helpId = useId();
  const { plan, consent } = props;
  const { name } = plan.target;
  return (
    <FormControl error={consent.isConfirmationMissing}>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={consent.isConfirmed}
            onChange={event => consent.setIsConfirmed(event.target.checked)}
            inputRef={consent.confirmationField}
            inputProps={{
              'aria-describedby': consent.isConfirmationMissing ? helpId : undefined,
              'aria-invalid': consent.isConfirmationMissing,
            }}
          />
        }
        label={
          plan.environment === undefined
            ? t('dialog.confirmationNoEnvironment', { name })
            : t('dialog.confirmation', { name, environment: plan.environment })
        }
      />
      {consent.isConfirmationMissing && <FormHelperText id={helpId}>{t('dialog.confirmationMissing')}</FormHelperText>}
    </FormControl>
  );
}
