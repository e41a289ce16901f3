import type { ProviderList } from '@leitstand/plugin-kit-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, LoadingState, PageFrame, RelativeTime } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useProviders } from '../../hooks/useProviders';
import { providersTranslationRef } from '../../providersTranslation';
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
  const { items, writers } = props.providers;
  const unwritten = [...new Set(items.map(({ provider }) => provider))].filter(
    provider => !writers.some(writer => writer.provider === provider),
  );
  if (items.length === 0) {
    return (
      <Paper>
        <EmptyState title={t('page.empty')} advice={t('page.emptyAdvice')} />
      </Paper>
    );
  }
  return (
    <>
      {writers.map(({ provider, process, until }) => (
        <Typography key={provider} variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {t('page.writer', { provider, process })} <RelativeTime time={until} />
        </Typography>
      ))}
      {unwritten.map(provider => (
        <Alert key={provider} severity="warning" role="status">
          {t('page.noWriter', { provider })}
        </Alert>
      ))}
      {items.map(status => (
        <ProviderCard key={`${status.provider}/${status.source}`} status={status} />
      ))}
    </>
  );
}
