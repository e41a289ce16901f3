import { lazy } from 'react';
import { ChartFigure, type ChartFigureProps } from './ChartFigure';

/** What the bars are drawn from. */
export interface BarFigureProps extends Omit<ChartFigureProps, 'table' | 'children' | 'heightPx'> {
  /** What a bar stands for, for example "Feature". */
  categoryLabel: string;
  valueLabel: string;
  /** In the order in which they are drawn; labels are distinct. */
  bars: { label: string; value: number }[];
  format: (value: number) => string;
  /** True: the values are sizes in bytes, and so is the axis. Default: false. */
  isInBytes?: boolean;
  /** `column`: upright, for a few short labels such as months. Default: `bar`, lying. */
  direction?: 'bar' | 'column';
}

const DrawnBars = lazy(() => import('./DrawnBars').then(m => ({ default: m.DrawnBars })));

/** Height of a chart of lying bars in px: each bar has the same. */
export function barsHeightPx({ bars, direction }: Pick<BarFigureProps, 'bars' | 'direction'>): number {
  return direction === 'column' ? 220 : bars.length * 30 + 56;
}

/** Bars from zero; those below it have another colour. */
export function BarFigure(props: BarFigureProps) {
  const { label, caption, categoryLabel, valueLabel, bars, format } = props;
  const table = {
    columns: [categoryLabel, valueLabel],
    rows: bars.map(bar => [bar.label, format(bar.value)]),
  };
  return (
    <ChartFigure label={label} caption={caption} heightPx={barsHeightPx(props)} table={table}>
      <DrawnBars {...props} />
    </ChartFigure>
  );
}
