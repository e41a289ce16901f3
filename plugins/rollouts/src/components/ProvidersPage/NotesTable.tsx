import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { providersTranslationRef } from '../../providersTranslation';
import { FirstRows } from '../FirstRows';

/** Entities that were taken, but not as they stood. */
export function NotesTable(props: Pick<ProviderStatus, 'notes'>) {
  const { t } = useTranslationRef(providersTranslationRef);
  return (
    <div>
      <Typography variant="subtitle2" component="h3">
        {t('notes.title')}
      </Typography>
      <FirstRows rows={props.notes}>
        {rows => (
          <Table size="small" aria-label={t('notes.title')}>
            <TableHead>
              <TableRow>
                <TableCell width="40%">{t('notes.entity')}</TableCell>
                <TableCell>{t('notes.message')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(({ entityRef, message }) => (
                <TableRow key={`${entityRef} ${message}`}>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    <EntityRefLink entityRef={entityRef} hideIcon />
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>{message}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </FirstRows>
    </div>
  );
}
