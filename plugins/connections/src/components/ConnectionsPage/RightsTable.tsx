import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ConnectionRight } from '@leitstand/plugin-kit-common';
import { StatusChip } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { connectionsTranslationRef } from '../../translation';

/** Rights of one kind with the parts of the portal that need them. */
export function RightsTable(props: { title: string; isMissing?: boolean; rights: ConnectionRight[] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { title, isMissing, rights } = props;
  return (
    <Box sx={{ display: 'grid', gap: 0.5, justifyItems: 'start' }}>
      {isMissing && <StatusChip tone="error" label={title} />}
      <Table size="small" aria-label={title} sx={{ maxWidth: 760 }}>
        <TableHead>
          <TableRow>
            <TableCell width="45%">{t('credentials.right')}</TableCell>
            <TableCell>{t('credentials.neededFor')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rights.map(({ right, neededFor }) => (
            <TableRow key={`${right} ${neededFor}`}>
              <TableCell sx={{ fontFamily: 'var(--bui-font-monospace)', overflowWrap: 'anywhere' }}>{right}</TableCell>
              <TableCell>{neededFor}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
