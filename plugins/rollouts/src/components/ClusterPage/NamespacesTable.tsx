import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import type { Cluster } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { clusterTranslationRef } from '../../clusterTranslation';
import { useFleetLink } from '../../routes';
import { FirstRows } from '../FirstRows';

/** Namespaces with what is in them, each leading to its workloads. */
export function NamespacesTable(props: { cluster: Cluster }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const fleetLink = useFleetLink();
  const { name: cluster, namespaces } = props.cluster;
  if (namespaces.length === 0) {
    return <EmptyState title={t('namespace.empty')} advice={t('namespace.emptyAdvice')} />;
  }
  return (
    <FirstRows rows={namespaces}>
      {rows => (
        <Table size="small" aria-label={t('namespace.title')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('namespace.name')}</TableCell>
              <TableCell width="25%">{t('namespace.workloads')}</TableCell>
              <TableCell width="25%">{t('namespace.pods')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody sx={{ fontVariantNumeric: 'tabular-nums' }}>
            {rows.map(({ name, workloadCount, podCount }) => (
              <TableRow key={name}>
                <TableCell component="th" scope="row">
                  {workloadCount > 0 ? <Link to={fleetLink({ cluster, namespace: name })}>{name}</Link> : name}
                </TableCell>
                <TableCell>{workloadCount}</TableCell>
                <TableCell>{podCount}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </FirstRows>
  );
}
