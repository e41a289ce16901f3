import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorState, LoadingState, PageFrame, useFilterInAddress } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Paper from '@mui/material/Paper';
import { fleetTranslationRef } from '../../fleetTranslation';
import { useFleet, type Fleet } from '../../hooks/useFleet';
import { formatFleetFilter, parseFleetFilter, type FleetFilter } from '../../model/fleetFilter';
import { ClusterNotes } from '../ClusterNotes';
import { FleetCounts } from './FleetCounts';
import { FleetEmpty } from './FleetEmpty';
import { FleetFilterBar } from './FleetFilterBar';
import { FleetTable } from './FleetTable';

const filterFormat = { parse: parseFleetFilter, format: formatFleetFilter };

/** Every workload on every cluster, worst first, with filters in the address. */
export function FleetPage() {
  const [filter, setFilter] = useFilterInAddress(filterFormat);
  const fleet = useFleet(filter);
  return (
    <PageFrame>
      <FleetFilterBar filter={filter} list={fleet.list} onChange={setFilter} />
      {fleet.list && <FleetCounts filter={filter} list={fleet.list} onChange={setFilter} />}
      <Paper sx={{ overflow: 'hidden' }} aria-busy={fleet.isLoading}>
        <FleetContent fleet={fleet} filter={filter} onChange={setFilter} />
      </Paper>
    </PageFrame>
  );
}

function FleetContent(props: { fleet: Fleet; filter: FleetFilter; onChange: (filter: FleetFilter) => void }) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { list, error, isLoading, reload, loadMore } = props.fleet;
  // An answer to another filter must not look like the answer to this one.
  if (error !== undefined && (!list || isLoading)) return <ErrorState error={error} onRetry={reload} />;
  if (!list) return <LoadingState lines={12} />;
  return (
    <>
      {error !== undefined && (
        <Alert severity="warning" role="status" sx={{ margin: 1 }}>
          {t('workloads.refreshFailed')}
        </Alert>
      )}
      <ClusterNotes list={list} />
      {list.items.length > 0 ? (
        <FleetTable list={list} isDimmed={isLoading} onNearEnd={loadMore} />
      ) : (
        <FleetEmpty list={list} filter={props.filter} onChange={props.onChange} />
      )}
    </>
  );
}
