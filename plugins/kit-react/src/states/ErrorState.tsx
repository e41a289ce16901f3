import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ErrorOutlineIcon from '@mui/icons-material/ErrorOutline';
import LockOutlinedIcon from '@mui/icons-material/LockOutlined';
import SearchOffIcon from '@mui/icons-material/SearchOff';
import Button from '@mui/material/Button';
import { kitReactTranslationRef } from '../translation';
import { describeError, type ErrorKind } from './describeError';
import { RequestIdNote } from './RequestIdNote';
import { StateFrame } from './StateFrame';

/** A view that failed: what happened, what to do, the code to look up, the request to quote, and a way to try again. */
export function ErrorState(props: {
  error: unknown;
  /** Shows the button "Try again". */
  onRetry?: () => void;
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const { kind, message, code, requestId } = describeError(props.error);
  return (
    <StateFrame
      role="alert"
      icon={<KindIcon kind={kind} />}
      title={t(`error.${kind}.title`)}
      details={[message, t(`error.${kind}.advice`)]}
      note={code === undefined ? undefined : t('error.code', { code })}
      reference={requestId && <RequestIdNote requestId={requestId} />}
      action={
        props.onRetry && (
          <Button variant="outlined" size="small" onClick={props.onRetry}>
            {t('error.retry')}
          </Button>
        )
      }
    />
  );
}

function KindIcon(props: { kind: ErrorKind }) {
  if (props.kind === 'forbidden' || props.kind === 'signedOut') return <LockOutlinedIcon color="secondary" />;
  if (props.kind === 'notFound') return <SearchOffIcon color="secondary" />;
  return <ErrorOutlineIcon color="error" />;
}
