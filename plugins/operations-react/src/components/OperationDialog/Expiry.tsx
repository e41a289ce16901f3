import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatDuration, useLocale, useNow } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';

/** Says how long the plan is good for; keeps its place when hidden, so that the buttons do not move. */
export function Expiry(props: { expiresAt: string; isHidden: boolean }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const locale = useLocale();
  const remainingMs = Date.parse(props.expiresAt) - useNow(1_000).getTime();
  const time = formatDuration(Math.ceil(remainingMs / 1_000) * 1_000, locale);
  return (
    <Typography
      variant="caption"
      color="text.secondary"
      role="timer"
      aria-live="off"
      sx={{ flexGrow: 1, fontVariantNumeric: 'tabular-nums' }}
    >
      {!props.isHidden && `${t('dialog.nothingChangedYet')} ${t('dialog.expiresIn', { time })}`}
    </Typography>
  );
}

/** Says that the plan is too old, and leads to a new one. */
export function ExpiredNote(props: { onReplan: () => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  return (
    <Alert
      severity="warning"
      action={
        <Button color="inherit" size="small" variant="outlined" onClick={props.onReplan}>
          {t('dialog.newPlan')}
        </Button>
      }
    >
      {t('dialog.expired')}
    </Alert>
  );
}
