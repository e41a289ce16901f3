import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import HistoryToggleOffIcon from '@mui/icons-material/HistoryToggleOff';
import Alert from '@mui/material/Alert';
import { RelativeTime } from '../time';
import { kitReactTranslationRef } from '../translation';

/** Says above data that it is the last known state, of when, and why there is no newer one. */
export function StaleBanner(props: {
  /** ISO 8601: when the upstream last said something about what is shown. */
  observedAt: string;
  /** Why, when known. Safe to show. */
  reason?: string;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  return (
    <Alert severity="warning" role="status" icon={<HistoryToggleOffIcon fontSize="small" />}>
      {t('stale.since')} <RelativeTime time={props.observedAt} />
      {', '}
      {t('stale.because', { reason: props.reason ?? t('stale.unknownReason') })}
    </Alert>
  );
}
