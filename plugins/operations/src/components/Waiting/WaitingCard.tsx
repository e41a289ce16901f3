import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, HomeCard, LoadingState } from '@leitstand/plugin-kit-react';
import { useApprovals } from '@leitstand/plugin-operations-react';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import Alert from '@mui/material/Alert';
import { operationsTranslationRef } from '../../translation';
import { WaitingList } from './WaitingList';

/** What waits for this person's yes or no, as a card of the home page. */
export function WaitingCard() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value } = useApprovals();
  const count = value?.items.length ?? 0;
  return (
    <HomeCard title={count > 0 ? t('waiting.titleCount', { number: String(count) }) : t('waiting.title')}>
      <WaitingContent />
    </HomeCard>
  );
}

function WaitingContent() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value, error, reload } = useApprovals();
  if (!value && error !== undefined) return <ErrorState error={error} onRetry={reload} />;
  if (!value) return <LoadingState lines={2} />;
  return (
    <>
      {error !== undefined && (
        <Alert severity="warning" role="status" sx={{ margin: 1 }}>
          {t('waiting.stale')}
        </Alert>
      )}
      {value.items.length > 0 ? (
        <WaitingList runs={value.items} />
      ) : (
        <EmptyState title={t('waiting.empty')} icon={<CheckCircleOutlineIcon color="success" />} />
      )}
    </>
  );
}
