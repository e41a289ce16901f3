import { lazy } from 'react';
import { ChartFigure, type ChartFigureProps } from './ChartFigure';

/** One line of a {@link LineFigure}. */
export interface LineSeries {
  id: string;
  label: string;
  /** Ascending by `x`. */
  points: { x: number; y: number }[];
  /** For comparison, not a measurement: grey. Default: false. */
  isReference?: boolean;
}

/** What the lines are drawn from. */
export interface LineFigureProps extends Omit<ChartFigureProps, 'table' | 'children'> {
  xLabel: string;
  yLabel: string;
  series: LineSeries[];
  /** Default: as far as the points go. */
  xRange?: { min: number; max: number };
  yRange?: { min: number; max: number };
  /** True: `x` counts something, its ticks are whole. Default: false. */
  isCount?: boolean;
  format: (value: number) => string;
}

const DrawnLines = lazy(() => import('./DrawnLines').then(m => ({ default: m.DrawnLines })));

/** Lines over a numeric axis. */
export function LineFigure(props: LineFigureProps) {
  const { label, caption, heightPx, xLabel, yLabel, series, format } = props;
  const measured = series.filter(({ isReference }) => !isReference);
  const isOne = measured.length === 1;
  const table = {
    columns: isOne ? [xLabel, yLabel] : [label, xLabel, yLabel],
    rows: measured.flatMap(line =>
      line.points.map(({ x, y }) => [...(isOne ? [] : [line.label]), format(x), format(y)]),
    ),
  };
  return (
    <ChartFigure label={label} caption={caption} heightPx={heightPx} table={table}>
      <DrawnLines {...props} />
    </ChartFigure>
  );
}
