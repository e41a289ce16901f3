import { useTheme } from '@mui/material/styles';
import { BarChart } from '@mui/x-charts/BarChart';
import { barsHeightPx, type BarFigureProps } from './BarFigure';
import { byteTicks } from './byteTicks';
import { labelStyle, seriesColors, topMarginPx } from './chartStyle';

/** Room for the longest label, within limits, in px. */
function labelWidthPx(bars: BarFigureProps['bars']): number {
  const longest = Math.max(0, ...bars.map(({ label }) => label.length));
  return Math.min(220, Math.max(60, longest * 7.5 + 12));
}

/** A label that fits, without its middle: names differ at their ends. The whole one is in the tooltip and the table. */
function shortened(label: string): string {
  return label.length > 28 ? `${label.slice(0, 9)}…${label.slice(-18)}` : label;
}

function axisInBytes(bars: BarFigureProps['bars']) {
  const tickInterval = byteTicks(Math.max(0, ...bars.map(({ value }) => value)));
  return { tickInterval, min: 0, max: tickInterval.at(-1) };
}

/** The drawing of a `BarFigure`; loaded when it is first shown. */
export function DrawnBars(props: BarFigureProps) {
  const { bars, valueLabel, format, direction, isInBytes = false } = props;
  const isLying = direction !== 'column';
  const colors = seriesColors(useTheme().palette.mode);
  const categories = {
    scaleType: 'band' as const,
    data: bars.map(({ label }) => label),
    valueFormatter: (label: string, context: { location: string }) =>
      context.location === 'tick' ? shortened(label) : label,
    categoryGapRatio: 0.35,
  };
  const values = {
    label: valueLabel,
    labelStyle,
    valueFormatter: format,
    ...(isInBytes && axisInBytes(bars)),
    colorMap: { type: 'piecewise' as const, thresholds: [0], colors: [colors.below, colors.above] },
  };
  return (
    <BarChart
      height={barsHeightPx(props)}
      layout={isLying ? 'horizontal' : 'vertical'}
      skipAnimation
      hideLegend
      {...(isLying
        ? { yAxis: [{ ...categories, width: labelWidthPx(bars) }], xAxis: [values] }
        : { xAxis: [categories], yAxis: [{ ...values, width: 84 }] })}
      series={[
        {
          data: bars.map(({ value }) => value),
          label: valueLabel,
          valueFormatter: value => (value === null ? '' : format(value)),
        },
      ]}
      grid={isLying ? { vertical: true } : { horizontal: true }}
      margin={{ left: 4, right: 32, top: isLying ? 8 : topMarginPx, bottom: 4 }}
    />
  );
}
