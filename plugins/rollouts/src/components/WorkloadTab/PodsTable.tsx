import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import { DELETE_POD_OPERATION, type Workload } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { sortPods } from '../../model/podCells';
import { rolloutsTranslationRef } from '../../translation';
import { FirstRows } from '../FirstRows';
import { useWorkloadOperations } from '../WorkloadActions';
import { PodRow, type PodColumns } from './PodRow';

/** Pods, failing ones first, each with what Kubernetes says is wrong, and a way to its logs. */
export function PodsTable(props: { workload: Pick<Workload, 'kind' | 'pods' | 'podCount'> }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { kind, pods, podCount } = props.workload;
  const hasActions = useWorkloadOperations()?.find(DELETE_POD_OPERATION) !== undefined;
  if (pods.length === 0) return <EmptyState title={t('pod.empty')} advice={t('pod.emptyAdvice')} />;
  const columns: PodColumns = {
    hasRevision: kind === 'Deployment',
    hasUsage: pods.some(pod => pod.usage),
    hasActions,
  };
  return (
    <>
      {podCount > pods.length && (
        <Typography variant="body2" role="note" sx={{ padding: '8px 16px' }}>
          {t('pod.cut', { shown: String(pods.length), total: String(podCount) })}
        </Typography>
      )}
      <FirstRows rows={sortPods(pods)}>
        {rows => (
          <TableContainer>
            <Table aria-label={t('pod.title')} sx={{ tableLayout: 'fixed', minWidth: 1000 }}>
              <TableHead>
                <TableRow>
                  <TableCell width="20%">{t('pod.name')}</TableCell>
                  <TableCell width={190}>{t('pod.state')}</TableCell>
                  {columns.hasRevision && <TableCell width={72}>{t('pod.revision')}</TableCell>}
                  <TableCell width={72}>{t('pod.restarts')}</TableCell>
                  {columns.hasUsage && <TableCell width={104}>{t('pod.use')}</TableCell>}
                  <TableCell>{t('pod.node')}</TableCell>
                  <TableCell width={104}>{t('pod.age')}</TableCell>
                  <TableCell width={76}>{t('pod.logs')}</TableCell>
                  {columns.hasActions && <TableCell width={96}>{t('operation.actions')}</TableCell>}
                </TableRow>
              </TableHead>
              <TableBody>
                {rows.map(pod => (
                  <PodRow key={pod.name} pod={pod} columns={columns} />
                ))}
              </TableBody>
            </Table>
          </TableContainer>
        )}
      </FirstRows>
    </>
  );
}
