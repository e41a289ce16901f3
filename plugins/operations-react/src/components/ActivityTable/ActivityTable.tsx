import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, LoadingState } from '@leitstand/plugin-kit-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useRuns, type RunFilter } from '../../hooks/useRuns';
import { operationsReactTranslationRef } from '../../translation';
import { RunRow } from './RunRow';

/** Runs, newest first, kept up to date; older ones on demand. */
export function ActivityTable(props: {
  filter: RunFilter;
  /** Whether all rows are of one entity. Default: false. */
  isOfOneEntity?: boolean;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { filter, isOfOneEntity = false } = props;
  const { loaded, error, isLoadingMore, showMore, reload } = useRuns(filter);
  if (!loaded && error !== undefined) return <ErrorState error={error} onRetry={reload} />;
  if (!loaded) return <LoadingState lines={8} />;
  if (loaded.runs.length === 0) return <NoRuns isFiltered={isFiltered(filter)} />;
  return (
    <>
      {error !== undefined && (
        <Alert severity="warning" role="status" sx={{ margin: 1 }}>
          {t('activity.refreshFailed')}
        </Alert>
      )}
      <TableContainer>
        <Table aria-label={t('activity.label')} sx={{ tableLayout: 'fixed', minWidth: 880 }}>
          <TableHead>
            <TableRow>
              <TableCell width={160}>{t('activity.state')}</TableCell>
              <TableCell>{t('activity.what')}</TableCell>
              {!isOfOneEntity && <TableCell width="13%">{t('activity.entity')}</TableCell>}
              <TableCell width={116}>{t('activity.environment')}</TableCell>
              <TableCell width="13%">{t('activity.who')}</TableCell>
              <TableCell width={104}>{t('activity.when')}</TableCell>
              <TableCell width={80}>{t('activity.duration')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {loaded.runs.map(run => (
              <RunRow key={run.id} run={run} isOfOneEntity={isOfOneEntity} />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {loaded.nextCursor && (
        <Box sx={{ padding: 1.5, borderTop: 1, borderColor: 'divider' }}>
          <Button size="small" onClick={showMore} disabled={isLoadingMore}>
            {isLoadingMore ? t('activity.loadingMore') : t('activity.showMore')}
          </Button>
        </Box>
      )}
    </>
  );
}

/** The entity of an entity's own page is no filter: nothing there means that nothing was done to it. */
function isFiltered(filter: RunFilter): boolean {
  const { requester, operation, environment, state, from, to } = filter;
  return [requester, operation, environment, state, from, to].some(part => part !== undefined);
}

function NoRuns(props: { isFiltered: boolean }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  return props.isFiltered ? (
    <EmptyState title={t('activity.emptyFiltered')} advice={t('activity.emptyFilteredHint')} />
  ) : (
    <EmptyState title={t('activity.empty')} advice={t('activity.emptyHint')} />
  );
}
