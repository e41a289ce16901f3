import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Run } from '@leitstand/plugin-operations-common';
import Alert from '@mui/material/Alert';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';

/** What came of a run: its result, or what went wrong and what to try. Nothing while it is under way. */
export function RunOutcome(props: { run: Run }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { state, result, error, summary } = props.run;
  switch (state) {
    case 'queued':
    case 'running':
      return null;
    case 'succeeded':
      return (
        <Alert severity="success" role="status">
          {result ?? summary}
        </Alert>
      );
    case 'failed':
      return <FailureAlert title={t('result.wentWrong')} error={error} />;
    case 'needs-attention':
      return (
        <>
          <FailureAlert title={t('runState.needsAttention')} error={error} severity="warning" />
          <Alert severity="warning" icon={false} role="note" sx={{ marginTop: 1 }}>
            {t('result.needsAttention')}
          </Alert>
        </>
      );
    case 'cancelled':
      return (
        <Alert severity="info" role="status">
          {[result, t('result.cancelled')].filter(Boolean).join(' ')}
        </Alert>
      );
    default:
      throw new Error(`Unknown state ${JSON.stringify(state satisfies never)}`);
  }
}
