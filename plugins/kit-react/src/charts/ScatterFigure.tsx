import { lazy } from 'react';
import { ChartFigure, type ChartFigureProps } from './ChartFigure';

/** What the points are drawn from. */
export interface ScatterFigureProps extends Omit<ChartFigureProps, 'table' | 'children'> {
  xLabel: string;
  yLabel: string;
  points: { x: number; y: number }[];
  /** A line across at this `y`. */
  yReference?: number;
  format: (value: number) => string;
}

const DrawnPoints = lazy(() => import('./DrawnPoints').then(m => ({ default: m.DrawnPoints })));

/** Points on two numeric axes. */
export function ScatterFigure(props: ScatterFigureProps) {
  const { label, caption, heightPx, xLabel, yLabel, points, format } = props;
  const table = { columns: [xLabel, yLabel], rows: points.map(({ x, y }) => [format(x), format(y)]) };
  return (
    <ChartFigure label={label} caption={caption} heightPx={heightPx} table={table}>
      <DrawnPoints {...props} />
    </ChartFigure>
  );
}
