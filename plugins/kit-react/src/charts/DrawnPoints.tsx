import { useTheme } from '@mui/material/styles';
import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine';
import { ScatterChart } from '@mui/x-charts/ScatterChart';
import { labelStyle, seriesColors, topMarginPx } from './chartStyle';
import type { ScatterFigureProps } from './ScatterFigure';

/** The drawing of a `ScatterFigure`; loaded when it is first shown. */
export function DrawnPoints(props: ScatterFigureProps) {
  const { points, xLabel, yLabel, yReference, format, heightPx = 240 } = props;
  const colors = seriesColors(useTheme().palette.mode);
  return (
    <ScatterChart
      height={heightPx}
      skipAnimation
      hideLegend
      xAxis={[{ label: xLabel, labelStyle, valueFormatter: format }]}
      yAxis={[{ label: yLabel, labelStyle, valueFormatter: format, width: 64 }]}
      series={[
        {
          data: points.map((point, id) => ({ id, ...point })),
          color: colors.series[0],
          markerSize: 4,
          valueFormatter: value => (value === null ? '' : `${xLabel} ${format(value.x)}, ${yLabel} ${format(value.y)}`),
        },
      ]}
      grid={{ horizontal: true, vertical: true }}
      margin={{ left: 4, right: 16, top: topMarginPx, bottom: 4 }}
    >
      {yReference !== undefined && (
        <ChartsReferenceLine y={yReference} lineStyle={{ stroke: colors.reference, strokeDasharray: '4 4' }} />
      )}
    </ScatterChart>
  );
}
