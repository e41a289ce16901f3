import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import type { ContainerResources } from '@leitstand/plugin-rollouts-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { rolloutsTranslationRef } from '../../translation';
import { ResourceCells } from '../ResourceCells';

/** What each container uses, asks for and may use at most. */
export function ResourcesTable(props: { resources: ContainerResources[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  if (props.resources.length === 0) {
    return <EmptyState title={t('resource.empty')} advice={t('resource.emptyAdvice')} />;
  }
  return (
    <TableContainer>
      <Table aria-label={t('resource.title')} sx={{ minWidth: 520 }}>
        <TableHead>
          <TableRow>
            <TableCell width="24%">{t('resource.container')}</TableCell>
            <TableCell>{t('resource.cpu')}</TableCell>
            <TableCell>{t('resource.memory')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.resources.map(({ container, usage, requests, limits }) => (
            <TableRow key={container}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{container}</TableCell>
              <ResourceCells usage={usage} requests={requests} limits={limits} />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
