import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, RelativeTime, StatusChip, type StatusTone } from '@leitstand/plugin-kit-react';
import type { Pod } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { podState, sortPods, type PodCellState } from '../../model/podCells';
import { rolloutsTranslationRef } from '../../translation';
import { Cut } from '../Cut';
import { FirstRows } from '../FirstRows';

const tones = {
  ready: 'ok',
  starting: 'running',
  failing: 'error',
  terminating: 'paused',
} as const satisfies Record<Exclude<PodCellState, 'missing'>, StatusTone>;

/** Pods, failing ones first, each with what Kubernetes says is wrong. */
export function PodsTable(props: { pods: Pod[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  if (props.pods.length === 0) return <EmptyState title={t('pod.empty')} advice={t('pod.emptyAdvice')} />;
  return (
    <FirstRows rows={sortPods(props.pods)}>
      {rows => (
        <TableContainer>
          <Table aria-label={t('pod.title')} sx={{ tableLayout: 'fixed', minWidth: 820 }}>
            <TableHead>
              <TableRow>
                <TableCell width="24%">{t('pod.name')}</TableCell>
                <TableCell>{t('pod.state')}</TableCell>
                <TableCell width={90}>{t('pod.revision')}</TableCell>
                <TableCell width={90}>{t('pod.restarts')}</TableCell>
                <TableCell width="14%">{t('pod.node')}</TableCell>
                <TableCell width={124}>{t('pod.age')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(pod => (
                <PodRow key={pod.name} pod={pod} />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </FirstRows>
  );
}

function PodRow(props: { pod: Pod }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { name, reason, message, revision, restarts, node, createdAt } = props.pod;
  const state = podState(props.pod);
  const numeric = { fontVariantNumeric: 'tabular-nums' };
  return (
    <TableRow>
      <TableCell>
        <Cut text={name} isCode />
      </TableCell>
      <TableCell>
        <StatusChip tone={tones[state]} label={reason ?? t(`podState.${state}`)} />
        {message && (
          <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere', marginTop: 0.25 }}>
            {message}
          </Typography>
        )}
      </TableCell>
      <TableCell sx={numeric}>{revision}</TableCell>
      <TableCell sx={numeric}>{restarts}</TableCell>
      <TableCell>{node ? <Cut text={node} /> : t('pod.noNode')}</TableCell>
      <TableCell>
        <RelativeTime time={createdAt} />
      </TableCell>
    </TableRow>
  );
}
