import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Suspense, useState, type ReactNode } from 'react';
import { kitReactTranslationRef } from '../translation';

/** The numbers of a chart as a table; the first column is the heading of its row. */
export interface ChartTable {
  columns: string[];
  rows: string[][];
}

/** What every chart has around it. */
export interface ChartFigureProps {
  /** What the chart shows, for example "Loss per iteration". */
  label: string;
  /** Below the chart: what it means. */
  caption?: string;
  table: ChartTable;
  /** Of the chart, in px. Default: 240. */
  heightPx?: number;
  /** A lazily loaded chart. */
  children: ReactNode;
}

/** A chart under its label, with the same numbers as a table for whoever cannot or does not want to see it. */
export function ChartFigure(props: ChartFigureProps) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const [isTable, setIsTable] = useState(false);
  const { label, caption, table, heightPx = 240 } = props;
  return (
    <Box component="figure" aria-label={label} sx={{ margin: 0, minWidth: 0 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1 }}>
        <Typography variant="subtitle2" component="figcaption">
          {label}
        </Typography>
        <Button size="small" color="inherit" onClick={() => setIsTable(!isTable)}>
          {t(isTable ? 'chart.showChart' : 'chart.showTable')}
        </Button>
      </Box>
      {isTable ? (
        <NumbersTable table={table} label={label} />
      ) : (
        <Box role="img" aria-label={label} sx={{ height: heightPx, minWidth: 0 }}>
          <Suspense fallback={<Skeleton variant="rounded" height={heightPx} />}>{props.children}</Suspense>
        </Box>
      )}
      {caption && (
        <Typography variant="caption" component="p" color="text.secondary" sx={{ marginTop: 0.5 }}>
          {caption}
        </Typography>
      )}
    </Box>
  );
}

function NumbersTable(props: { table: ChartTable; label: string }) {
  const { columns, rows } = props.table;
  return (
    <TableContainer sx={{ maxHeight: 320 }} tabIndex={0}>
      <Table size="small" stickyHeader aria-label={props.label}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column}>{column}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, index) => (
            <TableRow key={index}>
              {row.map((text, column) => (
                <TableCell
                  key={columns[column]}
                  {...(column === 0 && { component: 'th', scope: 'row' })}
                  sx={{ fontVariantNumeric: 'tabular-nums' }}
                >
                  {text}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
