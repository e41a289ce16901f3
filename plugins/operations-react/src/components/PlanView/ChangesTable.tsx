import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Change } from '@leitstand/plugin-operations-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { operationsReactTranslationRef } from '../../translation';

/** Values before and after, one row each. */
export function ChangesTable(props: { changes: Change[]; label: string }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  return (
    <TableContainer>
      <Table aria-label={props.label} sx={{ tableLayout: 'fixed', '& tbody tr:last-of-type > *': { borderBottom: 0 } }}>
        <TableHead>
          <TableRow>
            <TableCell width="28%">{t('change.what')}</TableCell>
            <TableCell width="36%">{t('change.before')}</TableCell>
            <TableCell width="36%">{t('change.after')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.changes.map(change => (
            <TableRow key={change.label}>
              <TableCell component="th" scope="row" sx={{ overflowWrap: 'anywhere' }}>
                {change.label}
              </TableCell>
              <ValueCell value={change.before} color="text.secondary" />
              <ValueCell value={change.after} color="text.primary" />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function ValueCell(props: { value: string | null; color: string }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  if (props.value === null) {
    return (
      <TableCell>
        <Typography variant="body2" component="span" color="text.secondary" sx={{ fontStyle: 'italic' }}>
          {t('change.absent')}
        </Typography>
      </TableCell>
    );
  }
  return (
    <TableCell
      sx={{
        color: props.color,
        fontFamily: 'var(--bui-font-monospace)',
        fontSize: 12,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
      }}
    >
      {props.value}
    </TableCell>
  );
}
