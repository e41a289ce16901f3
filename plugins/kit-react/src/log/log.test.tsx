import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { blocksOf, isWithin, placeBlocks } from './blocks';
import { logTimeFormat } from './formatLogTime';
import { appendLogLines, emptyLogBuffer } from './logBuffer';
import { LogView } from './LogView';
import { findLogLines, splitAtMatches, stepMatch } from './searchLog';

/** So many lines `line 0`, `line 1`…; for tests. */
function linesOf(count: number) {
  const added = Array.from({ length: count }, (_, index) => ({
    at: '2026-03-01T08:00:00.123456789Z',
    text: `line ${index}`,
  }));
  return appendLogLines(emptyLogBuffer, added, count).lines;
}

describe('appendLogLines', () => {
  it('keeps the newest lines under their numbers, and counts what it dropped', () => {
    const line = (text: string) => ({ at: undefined, text });
    const three = appendLogLines(emptyLogBuffer, [line('a'), line('b'), line('c')], 3);
    const five = appendLogLines(three, [line('d'), line('e')], 3);
    expect(five).toEqual({
      droppedCount: 2,
      lines: [
        { number: 2, at: undefined, text: 'c' },
        { number: 3, at: undefined, text: 'd' },
        { number: 4, at: undefined, text: 'e' },
      ],
    });
    expect(appendLogLines(five, [], 3)).toBe(five);
  });
});

describe('blocksOf', () => {
  it('cuts at the same lines whatever was dropped before them', () => {
    const blocks = blocksOf(linesOf(120).slice(30));
    expect(blocks.map(({ id, lines }) => [id, lines[0].number, lines.length])).toEqual([
      [0, 30, 20],
      [1, 50, 50],
      [2, 100, 20],
    ]);
    const placed = placeBlocks(blocks, block => block.lines.length * 10);
    expect(placed.map(({ top, height }) => [top, height])).toEqual([
      [0, 200],
      [200, 500],
      [700, 200],
    ]);
    expect(placed.map(block => isWithin(block, { top: 200, bottom: 700 }))).toEqual([false, true, false]);
  });
});

describe('search', () => {
  it('finds text literally and whatever its case', () => {
    expect(findLogLines(linesOf(30), 'LINE 2')).toEqual([2, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    expect(findLogLines(linesOf(3), '')).toEqual([]);
    expect(splitAtMatches('a (b) A (B)', '(b)').map(part => part.text)).toEqual(['a ', '(b)', ' A ', '(B)']);
    expect(splitAtMatches('plain', '')).toEqual([{ text: 'plain', isMatch: false }]);
  });

  it.each([
    [undefined, -1, 9],
    [5, 1, 9],
    [9, 1, 2],
    [5, -1, 2],
    [2, -1, 9],
    [4, 1, 5],
  ] as const)('steps from %s by %s to %s', (active, step, expected) => {
    expect(stepMatch([2, 5, 9], active, step)).toBe(expected);
  });
});

describe('logTimeFormat', () => {
  it('writes milliseconds and the zone, and leaves alone what is no time', () => {
    const format = logTimeFormat({ locale: 'en', timeZone: 'Europe/Berlin' });
    expect(format('2026-03-01T08:00:00.123456789Z')).toMatch(/01 Mar, 09:00:00\.123 (CET|GMT\+1)/);
    expect(format('soon')).toBe('soon');
  });
});

describe('LogView', () => {
  const defaults = { label: 'Log of backend', isWrapped: false, showsTimes: false, isFollowing: true };

  it('puts only part of a long log on the page, with the line that is looked for', async () => {
    renderInTestApp(<LogView {...defaults} lines={linesOf(10_000)} query="line 7000" activeLine={7_000} />);
    const log = await screen.findByRole('log', { name: 'Log of backend' });
    expect(within(log).getByText('line 7000').closest('[aria-current]')).toHaveAttribute('data-line', '7000');
    expect(log.querySelectorAll('[data-line]').length).toBeLessThan(300);
  });

  it('is reached by keyboard and shows times where wished', async () => {
    renderInTestApp(<LogView {...defaults} lines={linesOf(2)} showsTimes />);
    const log = await screen.findByRole('log');
    for (let presses = 0; document.activeElement !== log && presses < 20; presses++) await userEvent.tab();
    expect(log).toHaveFocus();
    expect(within(log).getAllByText(/08:00:00\.123|:00:00\.123/)).toHaveLength(2);
  });
});
