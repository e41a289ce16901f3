import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Column } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ReadTable, ReadTableRow } from '../../model/readTable';
import { mlModelsTranslationRef } from '../../translation';

/** Rows that are previewed; those with faults come first, because something has to be done about them. */
const previewCount = 12;

/** What was read of a pasted table: its first rows, and each cell that is no value of its column. */
export function TablePreview(props: { features: Column[]; table: ReadTable }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { features, table } = props;
  const numbered = table.rows.map((row, index) => ({ row, number: index + 1 }));
  const shown = [...numbered.filter(isFaulty), ...numbered.filter(entry => !isFaulty(entry))].slice(0, previewCount);
  return (
    <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Problem problem={table.problem} />
      {table.ignored.length > 0 && (
        <Alert severity="info">{t('predict.ignored', { columns: table.ignored.join(', ') })}</Alert>
      )}
      {table.faultCount > 0 && <Alert severity="error">{t('predict.faults', { count: table.faultCount })}</Alert>}
      {table.rows.length > 0 && (
        <>
          <TableContainer tabIndex={0} sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
            <Table size="small" aria-label={t('predict.preview')}>
              <TableHead>
                <TableRow>
                  <TableCell>{t('predict.row')}</TableCell>
                  {features.map(({ name }) => (
                    <TableCell key={name}>{name}</TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {shown.map(({ row, number }) => (
                  <PreviewRow key={number} row={row} number={number} features={features} />
                ))}
              </TableBody>
            </Table>
          </TableContainer>
          <Typography variant="caption" color="text.secondary">
            {t('predict.previewCount', { shown: String(shown.length), total: String(table.rows.length) })}
          </Typography>
        </>
      )}
    </Box>
  );
}

function isFaulty({ row }: { row: ReadTableRow }): boolean {
  return row.faults.length > 0;
}

function Problem(props: { problem: ReadTable['problem'] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { problem } = props;
  if (!problem) return null;
  const words = () => {
    switch (problem.kind) {
      case 'missing':
        return t('predict.missing', { columns: problem.columns.join(', ') });
      case 'tooMany':
        return t('predict.tooMany', { total: String(problem.rowCount) });
      case 'unreadable':
        return t('predict.unreadable');
      default:
        return problem satisfies never;
    }
  };
  return <Alert severity="error">{words()}</Alert>;
}

function PreviewRow(props: { row: ReadTableRow; number: number; features: Column[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { row, number, features } = props;
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {number}
      </TableCell>
      {features.map(({ name, type }, index) => {
        const isFault = row.faults.includes(index);
        return (
          <TableCell
            key={name}
            aria-invalid={isFault || undefined}
            sx={isFault ? { color: 'error.main', fontWeight: 600, outline: '1px solid', outlineOffset: -1 } : undefined}
          >
            {row.cells[index] || '–'}
            {isFault && (
              <Typography variant="caption" component="div" color="error">
                {t('predict.notOfType', { type })}
              </Typography>
            )}
          </TableCell>
        );
      })}
    </TableRow>
  );
}
