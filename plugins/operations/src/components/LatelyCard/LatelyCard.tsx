import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, HomeCard, LoadingState } from '@leitstand/plugin-kit-react';
import { activityRouteRef, useRuns } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import { operationsTranslationRef } from '../../translation';
import { LatelyRow } from './LatelyRow';

const filter = { limit: 6 };

/** The newest runs, for the home page. */
export function LatelyCard() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const activityLink = useRouteRef(activityRouteRef);
  return (
    <HomeCard title={t('lately.title')} action={<Link to={activityLink()}>{t('lately.all')}</Link>}>
      <LatelyContent />
    </HomeCard>
  );
}

function LatelyContent() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { loaded, error, reload } = useRuns(filter);
  if (!loaded && error !== undefined) return <ErrorState error={error} onRetry={reload} />;
  if (!loaded) return <LoadingState />;
  if (loaded.runs.length === 0) return <EmptyState title={t('lately.empty')} advice={t('lately.emptyAdvice')} />;
  return (
    <Box component="ul" sx={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {loaded.runs.slice(0, filter.limit).map(run => (
        <LatelyRow key={run.id} run={run} />
      ))}
    </Box>
  );
}
