import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { windowOf } from './windowOf';

/** One column of a {@link VirtualTable}. */
export interface VirtualColumn<TRow> {
  id: string;
  label: string;
  /** CSS width. Default: an equal share of what is left. */
  width?: number | string;
  /** What does not fit into the row's height is cut. */
  cell: (row: TRow) => ReactNode;
}

/** What a {@link VirtualTable} shows. */
export interface VirtualTableProps<TRow> {
  label: string;
  columns: VirtualColumn<TRow>[];
  rows: TRow[];
  rowKey: (row: TRow) => string;
  /** Height of every row in px. */
  rowHeightPx: number;
  /** How many rows there are, loaded or not. Default: those that are given. */
  totalCount?: number;
  /** Called when the end of the given rows comes near. */
  onNearEnd?: () => void;
  /** Below this width in px it scrolls sideways. Default: 900. */
  minWidthPx?: number;
}

const overscanCount = 10;
const headHeightPx = 36;
/** Rows from the end at which more are asked for. */
const nearEndCount = 40;
/** Taken for the height of a viewport that is not laid out. */
const unknownViewportPx = 600;

/** A table with thousands of rows that draws only those that can be seen; to a screen reader it is a whole table. */
export function VirtualTable<TRow>(props: VirtualTableProps<TRow>) {
  const { rows, columns, rowHeightPx, onNearEnd } = props;
  const { viewport, scrollTopPx, viewportPx, follow } = useScroll(rowHeightPx);
  const { start, end } = windowOf({ rowCount: rows.length, rowHeightPx, scrollTopPx, viewportPx, overscanCount });
  const isNearEnd = end >= rows.length - nearEndCount;
  useEffect(() => {
    if (isNearEnd) onNearEnd?.();
  }, [isNearEnd, onNearEnd, rows.length]);
  const spacer = (rowCount: number) =>
    rowCount > 0 && (
      <tr aria-hidden>
        <td style={{ height: rowCount * rowHeightPx, padding: 0, border: 0 }} />
      </tr>
    );
  return (
    <Box
      ref={viewport}
      onScroll={follow}
      role="region"
      aria-label={props.label}
      tabIndex={0}
      sx={{ overflow: 'auto', overflowAnchor: 'none', maxHeight: 'max(420px, calc(100dvh - 280px))' }}
    >
      <Table
        stickyHeader
        aria-label={props.label}
        aria-rowcount={(props.totalCount ?? rows.length) + 1}
        sx={{ tableLayout: 'fixed', minWidth: props.minWidthPx ?? 900 }}
      >
        <TableHead>
          <TableRow aria-rowindex={1} sx={{ height: headHeightPx }}>
            {columns.map(column => (
              <TableCell key={column.id} width={column.width}>
                {column.label}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {spacer(start)}
          {rows.slice(start, end).map((row, index) => (
            <DrawnRow
              key={props.rowKey(row)}
              row={row}
              columns={columns}
              rowHeightPx={rowHeightPx}
              rowIndex={start + index + 2}
            />
          ))}
          {spacer(rows.length - end)}
        </TableBody>
      </Table>
    </Box>
  );
}

interface DrawnRowProps<TRow> extends Pick<VirtualTableProps<TRow>, 'columns' | 'rowHeightPx'> {
  row: TRow;
  /** Counted from 1, with the head. */
  rowIndex: number;
}

function AnyRow<TRow>(props: DrawnRowProps<TRow>) {
  const { row, columns, rowHeightPx, rowIndex } = props;
  return (
    <TableRow aria-rowindex={rowIndex}>
      {columns.map(column => (
        <TableCell key={column.id} sx={{ paddingY: 0, verticalAlign: 'middle', height: rowHeightPx }}>
          <div style={{ maxHeight: rowHeightPx - 1, overflow: 'hidden' }}>{column.cell(row)}</div>
        </TableCell>
      ))}
    </TableRow>
  );
}

/** Drawn once for as long as it stays in view. `memo` alone would lose the type parameter. */
const DrawnRow = memo(AnyRow) as typeof AnyRow;

/** Where the reader is, in whole rows: less than a row changes nothing of what is drawn. */
function useScroll(rowHeightPx: number) {
  const viewport = useRef<HTMLElement>(null);
  const [scroll, setScroll] = useState({ scrollTopPx: 0, viewportPx: unknownViewportPx });
  const follow = useCallback(() => {
    const element = viewport.current;
    if (!element) return;
    const scrollTopPx = Math.floor(element.scrollTop / rowHeightPx) * rowHeightPx;
    const viewportPx = element.clientHeight || unknownViewportPx;
    setScroll(last =>
      last.scrollTopPx === scrollTopPx && last.viewportPx === viewportPx ? last : { scrollTopPx, viewportPx },
    );
  }, [rowHeightPx]);
  useLayoutEffect(() => {
    follow();
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, [follow]);
  return { viewport, follow, ...scroll };
}
