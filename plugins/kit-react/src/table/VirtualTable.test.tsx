import { fireEvent, render, screen } from '@testing-library/react';
import { VirtualTable } from './VirtualTable';
import { windowOf } from './windowOf';

const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => `row ${index}`);

function show(rows: string[], onNearEnd?: () => void) {
  const columns = [{ id: 'name', label: 'Name', cell: (row: string) => row }];
  render(
    <VirtualTable
      label="Things"
      columns={columns}
      rows={rows}
      rowKey={row => row}
      rowHeightPx={50}
      totalCount={5_000}
      onNearEnd={onNearEnd}
    />,
  );
}

describe('VirtualTable', () => {
  it('draws what can be seen, tells where in the whole that is, and follows the scroll', () => {
    show(rowsOf(2_000));
    expect(screen.getByRole('table', { name: 'Things' })).toHaveAttribute('aria-rowcount', '5001');
    expect(screen.getAllByRole('row').length).toBeLessThan(40);
    const viewport = screen.getByRole('region', { name: 'Things' });
    viewport.scrollTop = 50_000;
    fireEvent.scroll(viewport);
    expect(screen.getByRole('row', { name: 'row 1000' })).toHaveAttribute('aria-rowindex', '1002');
    expect(screen.queryByRole('row', { name: 'row 0' })).toBeNull();
    expect(screen.getAllByRole('row').length).toBeLessThan(50);
  });

  it('asks for more only near the end', () => {
    const onNearEnd = jest.fn();
    show(rowsOf(500), onNearEnd);
    expect(onNearEnd).not.toHaveBeenCalled();
    const viewport = screen.getByRole('region', { name: 'Things' });
    viewport.scrollTop = 480 * 50;
    fireEvent.scroll(viewport);
    expect(onNearEnd).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      { rowCount: 0, scrollTopPx: 0 },
      { start: 0, end: 0 },
    ],
    [
      { rowCount: 3, scrollTopPx: 0 },
      { start: 0, end: 3 },
    ],
    [
      { rowCount: 100, scrollTopPx: 1_000 },
      { start: 18, end: 33 },
    ],
    // The list became shorter than where the reader was.
    [
      { rowCount: 5, scrollTopPx: 9_000 },
      { start: 2, end: 5 },
    ],
  ])('knows the window of %j', (list, expected) => {
    expect(windowOf({ ...list, rowHeightPx: 50, viewportPx: 500, overscanCount: 2 })).toEqual(expected);
  });
});
