import { useTheme } from '@mui/material/styles';
import { LineChart } from '@mui/x-charts/LineChart';
import { labelStyle, seriesColors, topMarginPx } from './chartStyle';
import type { LineFigureProps } from './LineFigure';

/** Up to so many points a line shows them. */
const maxMarkedCount = 25;

/** Height of the legend above the drawing, in px. */
const legendPx = 36;

/** The drawing of a `LineFigure`; loaded when it is first shown. */
export function DrawnLines(props: LineFigureProps) {
  const { series, xLabel, yLabel, xRange, yRange, isCount, format, heightPx = 240 } = props;
  const colors = seriesColors(useTheme().palette.mode);
  // All lines share one axis: each has a value at its own points and none at those of the others.
  const points = series
    .flatMap(({ id, points: own }) => own.map(point => ({ id, ...point })))
    .sort((a, b) => a.x - b.x);
  const isMarked = points.length <= maxMarkedCount;
  const hasLegend = series.length > 1;
  return (
    <LineChart
      height={hasLegend ? heightPx - legendPx : heightPx}
      skipAnimation
      xAxis={[
        {
          data: points.map(({ x }) => x),
          label: xLabel,
          labelStyle,
          scaleType: 'linear',
          valueFormatter: format,
          ...(isCount && { tickMinStep: 1 }),
          ...xRange,
        },
      ]}
      yAxis={[{ label: yLabel, labelStyle, valueFormatter: format, width: 64, tickSpacing: 36, ...yRange }]}
      series={series.map(({ id, label, isReference }, index) => ({
        id,
        label,
        data: points.map(point => (point.id === id ? point.y : null)),
        connectNulls: true,
        curve: 'linear' as const,
        showMark: isMarked && !isReference,
        color: isReference ? colors.reference : colors.series[index % colors.series.length],
        valueFormatter: value => (value === null ? '' : format(value)),
      }))}
      grid={{ horizontal: true }}
      hideLegend={!hasLegend}
      margin={{ left: 4, right: 16, top: topMarginPx, bottom: 4 }}
    />
  );
}
