import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Alert from '@mui/material/Alert';
import { describeError } from '../states/describeError';
import { kitReactTranslationRef } from '../translation';

/** Says above data that it is asked for instead of told; with an error, that it is old, and why there is nothing newer. */
export function NotLiveAlert(props: { error: unknown }) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  if (props.error === undefined) {
    return (
      <Alert severity="info" role="status">
        {t('live.none')}
      </Alert>
    );
  }
  const { kind, message } = describeError(props.error);
  return (
    <Alert severity="warning" role="status">
      {t('live.failed')} {message ?? t(`error.${kind}.title`)}
    </Alert>
  );
}
