import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BarFigure } from './BarFigure';
import { LineFigure } from './LineFigure';
import { ScatterFigure } from './ScatterFigure';

const format = (value: number) => value.toFixed(1);
const labels = { label: 'A chart', xLabel: 'Iteration', yLabel: 'Loss' };
const point = { x: 0, y: 2 };

const figures: [string, JSX.Element, RegExp][] = [
  [
    'lines',
    <LineFigure
      {...labels}
      format={format}
      series={[{ id: 'a', label: 'Training', points: [point, { x: 1, y: 1 }] }]}
    />,
    /^1.0 1.0$/,
  ],
  [
    'bars',
    <BarFigure
      label="A chart"
      categoryLabel="Feature"
      valueLabel="Weight"
      bars={[
        { label: 'month', value: 1.9 },
        { label: 'year', value: -0.2 },
      ]}
      format={format}
    />,
    /^year -0.2$/,
  ],
  ['points', <ScatterFigure {...labels} format={format} points={[point]} yReference={0} />, /^0.0 2.0$/],
];

describe('charts', () => {
  it.each(figures)('draw %s, and say the same as a table', async (_name, figure, row) => {
    renderInTestApp(figure);
    const chart = await screen.findByRole('img', { name: 'A chart' });
    expect(chart).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show as a table' }));
    const table = screen.getByRole('table', { name: 'A chart' });
    expect(within(table).getByRole('row', { name: row })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Show as a chart' }));
    expect(await screen.findByRole('img', { name: 'A chart' })).toBeVisible();
  });
});
