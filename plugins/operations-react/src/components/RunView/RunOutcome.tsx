import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Run } from '@leitstand/plugin-operations-common';
import Alert, { type AlertProps } from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';
import { PeopleText } from '../PeopleText';
import { RunOutput } from './RunOutput';

/** What came of a run: its result, or what went wrong and what to try. Nothing while it is under way. */
export function RunOutcome(props: { run: Run }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { run } = props;
  const { state, error } = run;
  switch (state) {
    case 'awaiting-approval':
    case 'held':
    case 'queued':
    case 'running':
      return null;
    case 'succeeded':
      return (
        <>
          <Note severity="success">{run.result ?? run.summary}</Note>
          {run.output && <RunOutput output={run.output} />}
        </>
      );
    case 'failed':
      return <FailureAlert title={t('result.wentWrong')} error={error} />;
    case 'needs-attention':
      return <FailureAlert title={t('result.needsAttention')} error={error} severity="warning" />;
    case 'cancelled':
      return (
        <Note severity="info">
          <PeopleText text={[error?.message, run.result, t('result.cancelled')].filter(Boolean).join(' ')} />
        </Note>
      );
    case 'rejected':
      return <Rejection run={run} />;
    case 'expired':
      return (
        <Note severity="warning">{run.steps.length === 0 ? t('result.expired') : t('result.expiredCompensated')}</Note>
      );
    default:
      throw new Error(`Unknown state ${JSON.stringify(state satisfies never)}`);
  }
}

function Rejection(props: { run: Run }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { approval } = props.run;
  return (
    <Note severity="error">
      <Typography variant="body2">{t('result.rejected')}</Typography>
      {approval?.decidedBy && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          <EntityRefLink entityRef={approval.decidedBy} defaultKind="user" hideIcon />
          {approval.comment && `: ${approval.comment}`}
        </Typography>
      )}
    </Note>
  );
}

function Note(props: { severity: AlertProps['severity']; children: ReactNode }) {
  return (
    <Alert severity={props.severity} role="status">
      {props.children}
    </Alert>
  );
}
