import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Alert from '@mui/material/Alert';
import { useErrorReason } from '../states/useErrorReason';
import { kitReactTranslationRef } from '../translation';

/** Says above data that it is asked for instead of told; with an error, that it is old, and why there is nothing newer. */
export function NotLiveAlert(props: { error: unknown }) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const reason = useErrorReason(props.error);
  if (reason === undefined) {
    return (
      <Alert severity="info" role="status">
        {t('live.none')}
      </Alert>
    );
  }
  return (
    <Alert severity="warning" role="status">
      {t('live.failed')} {reason}
    </Alert>
  );
}
