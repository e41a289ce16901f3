import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import type { Consent } from '../../hooks/useConsent';
import { operationsReactTranslationRef } from '../../translation';

/** What it means to break the glass, why it cannot wait, and a deliberate yes. */
export function BreakGlassFields(props: { consent: Consent }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { consent } = props;
  const { reasonField } = consent;
  useEffect(() => reasonField.current?.focus(), [reasonField]);
  return (
    <Alert
      severity="error"
      role="group"
      aria-label={t('breakGlass.title')}
      sx={{ border: 1, borderColor: 'error.main', '& > div:last-child': { flex: 1 } }}
    >
      <AlertTitle sx={{ fontWeight: 600 }}>{t('breakGlass.title')}</AlertTitle>
      <Stack spacing={1.5}>
        <Typography variant="body2">
          {t('breakGlass.explain')} {t('breakGlass.told')}
        </Typography>
        <TextField
          label={t('breakGlass.reason')}
          helperText={consent.isReasonMissing ? t('breakGlass.reasonMissing') : undefined}
          error={consent.isReasonMissing}
          required
          value={consent.reason}
          onChange={event => consent.setReason(event.target.value)}
          inputRef={reasonField}
          inputProps={{ maxLength: 1000 }}
          multiline
          maxRows={5}
          fullWidth
          size="small"
          sx={{ '& [class*=MuiInputBase-root]': { backgroundColor: 'background.paper' } }}
        />
        <FormControl error={consent.isConfirmationMissing}>
          <FormControlLabel
            control={
              <Checkbox
                size="small"
                color="error"
                checked={consent.isConfirmed}
                onChange={event => consent.setIsConfirmed(event.target.checked)}
                inputRef={consent.confirmationField}
                inputProps={{ 'aria-invalid': consent.isConfirmationMissing }}
              />
            }
            label={t('breakGlass.confirmation')}
          />
          {consent.isConfirmationMissing && <FormHelperText>{t('breakGlass.confirmationMissing')}</FormHelperText>}
        </FormControl>
      </Stack>
    </Alert>
  );
}
