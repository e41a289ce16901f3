import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { ClusterNode } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { clusterTranslationRef } from '../../clusterTranslation';
import { Cut } from '../Cut';
import { FirstRows } from '../FirstRows';
import { ResourceCells } from '../ResourceCells';

/** Nodes, those in trouble first, each with its share of what there is. */
export function NodesTable(props: { nodes: ClusterNode[] }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  if (props.nodes.length === 0) return <EmptyState title={t('node.empty')} advice={t('node.emptyAdvice')} />;
  const troubleFirst = [...props.nodes].sort(
    (a, b) => b.problems.length - a.problems.length || a.name.localeCompare(b.name),
  );
  return (
    <FirstRows rows={troubleFirst}>
      {rows => (
        <TableContainer>
          <Table aria-label={t('node.title')} sx={{ tableLayout: 'fixed', minWidth: 1080 }}>
            <TableHead>
              <TableRow>
                <TableCell width="16%">{t('node.name')}</TableCell>
                <TableCell width={130}>{t('node.state')}</TableCell>
                <TableCell width="16%">{t('node.version')}</TableCell>
                <TableCell>{t('node.cpu')}</TableCell>
                <TableCell>{t('node.memory')}</TableCell>
                <TableCell width={100}>{t('node.pods')}</TableCell>
                <TableCell width={124}>{t('node.age')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(node => (
                <NodeRow key={node.name} node={node} />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </FirstRows>
  );
}

function NodeRow(props: { node: ClusterNode }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const { name, roles, kubeletVersion, osImage, allocatable, requested, usage, createdAt } = props.node;
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        <Cut text={name} />
        <Typography variant="caption" component="div" color="text.secondary">
          {roles.join(', ') || t('node.noRole')}
        </Typography>
      </TableCell>
      <TableCell>
        <NodeState node={props.node} />
      </TableCell>
      <TableCell>
        <Cut text={kubeletVersion} isCode />
        <Typography variant="caption" component="div" color="text.secondary">
          <Cut text={osImage} />
        </Typography>
      </TableCell>
      <ResourceCells usage={usage} requests={requested} limits={allocatable} end="capacity" />
      <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {t('node.podsOf', { pods: String(props.node.podCount), capacity: String(props.node.podCapacity) })}
      </TableCell>
      <TableCell>
        <RelativeTime time={createdAt} />
      </TableCell>
    </TableRow>
  );
}

function NodeState(props: { node: ClusterNode }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const { isReady, isCordoned, problems } = props.node;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 0.5, alignItems: 'flex-start' }}>
      {!isReady && <StatusChip tone="error" label={t('node.notReady')} />}
      {isReady && <StatusChip tone={problems.length > 0 ? 'warning' : 'ok'} label={t('node.ready')} />}
      {isCordoned && <StatusChip tone="paused" label={t('node.cordoned')} />}
    </Box>
  );
}
