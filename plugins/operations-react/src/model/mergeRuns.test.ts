import { appendPage, refreshFirstPage } from './mergeRuns';
import { runOf } from '../testUtils';

const runs = (...ids: string[]) => ids.map(id => runOf({ id }));
const idsOf = (loaded: { runs: { id: string }[] }) => loaded.runs.map(run => run.id);

describe('appendPage', () => {
  it('leaves out what is there already', () => {
    const loaded = appendPage({ runs: runs('d', 'c'), nextCursor: '1' }, { items: runs('c', 'b'), nextCursor: '2' });
    expect([idsOf(loaded), loaded.nextCursor]).toEqual([['d', 'c', 'b'], '2']);
  });
});

describe('refreshFirstPage', () => {
  it.each([
    ['keeps older pages behind the seam', ['d', 'c', 'b', 'a'], ['e', 'd'], ['e', 'd', 'c', 'b', 'a'], 'old'],
    ['drops older pages behind a gap', ['b', 'a'], ['f', 'e'], ['f', 'e'], 'new'],
    ['starts from nothing', [], ['b', 'a'], ['b', 'a'], 'new'],
  ])('%s', (_, before, page, after, cursor) => {
    const loaded = refreshFirstPage(
      { runs: runs(...before), nextCursor: 'old' },
      { items: runs(...page), nextCursor: 'new' },
    );
    expect([idsOf(loaded), loaded.nextCursor]).toEqual([after, cursor]);
  });

  it('shortens the list when the first page is all there is', () => {
    expect(refreshFirstPage({ runs: runs('b', 'a'), nextCursor: 'old' }, { items: runs('b') })).toEqual({
      runs: runs('b'),
      nextCursor: undefined,
    });
  });
});
