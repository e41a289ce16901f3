import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { HealthBadge, RelativeTime } from '@leitstand/plugin-kit-react';
import type { WorkloadSummary } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { workloadKey } from '../../model/FleetPages';
import { useWorkloadLink } from '../../routes';
import { rolloutsTranslationRef } from '../../translation';
import { Cut } from '../Cut';

/** Broken workloads, worst first, each with a link to where something can be done. */
export function BrokenTable(props: { workloads: WorkloadSummary[]; label: string }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  return (
    <TableContainer>
      <Table aria-label={props.label} sx={{ tableLayout: 'fixed', minWidth: 640 }}>
        <TableHead>
          <TableRow>
            <TableCell width={126}>{t('broken.health')}</TableCell>
            <TableCell width="26%">{t('broken.workload')}</TableCell>
            <TableCell>{t('broken.what')}</TableCell>
            <TableCell width={124}>{t('broken.began')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.workloads.map(workload => (
            <BrokenRow key={workloadKey(workload)} workload={workload} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function BrokenRow(props: { workload: WorkloadSummary }) {
  const workloadLink = useWorkloadLink();
  const { cluster, namespace, name, entityRef, health } = props.workload;
  return (
    <TableRow>
      <TableCell>
        <HealthBadge state={health.state} />
      </TableCell>
      <TableCell>
        <Link to={workloadLink(entityRef)} title={name}>
          {name}
        </Link>
        <Typography variant="body2" component="div" color="text.secondary">
          <Cut text={`${cluster} / ${namespace}`} />
        </Typography>
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        {health.reason && (
          <Typography variant="body2" component="div" sx={{ fontWeight: 600 }}>
            {health.reason}
          </Typography>
        )}
        {health.message}
      </TableCell>
      <TableCell>{health.since && <RelativeTime time={health.since} />}</TableCell>
    </TableRow>
  );
}
