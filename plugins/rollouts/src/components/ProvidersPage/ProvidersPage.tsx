import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, LoadingState, RelativeTime } from '@leitstand/plugin-kit-react';
import type { ProviderList } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useProviders } from '../../hooks/useProviders';
import { providersTranslationRef } from '../../providersTranslation';
import { PageFrame } from '../PageFrame';
import { ProviderCard } from './ProviderCard';

/** What comes into the catalogue by itself: each provider's last run, counts, errors, what it left out and why. */
export function ProvidersPage() {
  const { t } = useTranslationRef(providersTranslationRef);
  const { value, error, reload } = useProviders();
  return (
    <PageFrame>
      <Typography variant="body2" color="text.secondary">
        {t('page.intro')}
      </Typography>
      {!value && (
        <Paper>
          {error === undefined ? <LoadingState lines={8} /> : <ErrorState error={error} onRetry={reload} />}
        </Paper>
      )}
      {value && error !== undefined && (
        <Alert severity="warning" role="status">
          {t('page.refreshFailed')}
        </Alert>
      )}
      {value && <ProvidersContent providers={value} />}
    </PageFrame>
  );
}

function ProvidersContent(props: { providers: ProviderList }) {
  const { t } = useTranslationRef(providersTranslationRef);
  const { items, writer } = props.providers;
  if (items.length === 0) {
    return (
      <Paper>
        <EmptyState title={t('page.empty')} advice={t('page.emptyAdvice')} />
      </Paper>
    );
  }
  return (
    <>
      {writer ? (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {t('page.writer', { process: writer.process })} <RelativeTime time={writer.until} />
        </Typography>
      ) : (
        <Alert severity="warning" role="status">
          {t('page.noWriter')}
        </Alert>
      )}
      {items.map(status => (
        <ProviderCard key={`${status.provider}/${status.source}`} status={status} />
      ))}
    </>
  );
}
