import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, HomeCard, LoadingState } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { useBroken, type Broken } from '../../hooks/useBroken';
import { useFleetLink } from '../../routes';
import { rolloutsTranslationRef } from '../../translation';
import { ClusterNotes } from '../ClusterNotes';
import { BrokenTable } from './BrokenTable';
import { NothingBroken } from './NothingBroken';

/** What is broken on all clusters, worst first; for the home page. */
export function BrokenCard() {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { value, error, reload } = useBroken();
  return (
    <HomeCard title={t('broken.title')}>
      {!value && error === undefined && <LoadingState />}
      {!value && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      {value && error !== undefined && (
        <Alert severity="warning" role="status" sx={{ margin: 1 }}>
          {t('broken.refreshFailed')}
        </Alert>
      )}
      {value && <BrokenContent broken={value} />}
    </HomeCard>
  );
}

function BrokenContent(props: { broken: Broken }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const fleetLink = useFleetLink();
  const { items, totalCount } = props.broken;
  const hiddenCount = totalCount - items.length;
  return (
    <>
      {items.length > 0 ? (
        <BrokenTable workloads={items} label={t('broken.title')} />
      ) : (
        <NothingBroken broken={props.broken} />
      )}
      {hiddenCount > 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ padding: '8px 16px' }}>
          <Link to={fleetLink({ isProblemsOnly: true })}>{t('broken.more', { count: hiddenCount })}</Link>
        </Typography>
      )}
      <ClusterNotes list={props.broken} />
    </>
  );
}
