import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { describeError, RequestIdNote, useErrorReason } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { adviceOf } from '../model/advice';
import { operationsReactTranslationRef } from '../translation';
import { PeopleText } from './PeopleText';

/** Why a plan or a run failed: what happened, what to try, the code, the request to quote, and the way on where there is one. */
export function FailureAlert(props: {
  title: string;
  error: unknown;
  /** Default: `error`. */
  severity?: 'error' | 'warning' | 'info';
  action?: { label: string; onClick: () => void };
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { code, requestId } = describeError(props.error);
  const reason = useErrorReason(props.error);
  const advice = adviceOf(props.error);
  return (
    <Alert severity={props.severity ?? 'error'} role="alert">
      <AlertTitle>{props.title}</AlertTitle>
      {reason && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          <PeopleText text={reason} />
        </Typography>
      )}
      {advice && <Typography variant="body2">{t(`advice.${advice}`)}</Typography>}
      {code && (
        <Typography variant="caption" component="p" sx={{ fontFamily: 'var(--bui-font-monospace)' }}>
          {t('result.code', { code })}
        </Typography>
      )}
      {requestId && <RequestIdNote requestId={requestId} />}
      {props.action && (
        <Button size="small" variant="outlined" color="inherit" sx={{ marginTop: 1 }} onClick={props.action.onClick}>
          {props.action.label}
        </Button>
      )}
    </Alert>
  );
}
