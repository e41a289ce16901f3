import { countDiff, diffDocument, foldUnchanged } from './documentDiff';

describe('diffDocument', () => {
  it('numbers both sides', () => {
    expect(diffDocument('a\nb\nc\n', 'a\nx\nc')).toEqual([
      { kind: 'unchanged', text: 'a', beforeLine: 1, afterLine: 1 },
      { kind: 'removed', text: 'b', beforeLine: 2 },
      { kind: 'added', text: 'x', afterLine: 2 },
      { kind: 'unchanged', text: 'c', beforeLine: 3, afterLine: 3 },
    ]);
  });

  it('takes an absent side for empty', () => {
    expect(diffDocument('', 'a\n')).toEqual([{ kind: 'added', text: 'a', afterLine: 1 }]);
  });

  it('shows both sides whole where they differ too much to compare', () => {
    const sideOf = (name: string) => Array.from({ length: 6_000 }, (_, index) => `${name}${index}`).join('\n');
    expect(countDiff(diffDocument(sideOf('a'), sideOf('b')))).toEqual({ added: 6_000, removed: 6_000 });
  });
});

describe('foldUnchanged', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`);

  it('keeps three lines around a change and loses no line', () => {
    const before = numbered(30);
    const after = before.with(15, 'changed');
    const lines = diffDocument(before.join('\n'), after.join('\n'));
    const sections = foldUnchanged(lines);
    expect(sections.map(section => [section.isFolded, section.lines.length])).toEqual([
      [true, 12],
      [false, 8],
      [true, 11],
    ]);
    expect(sections.flatMap(section => section.lines)).toEqual(lines);
  });

  it('does not fold a few lines', () => {
    const before = numbered(10);
    const lines = diffDocument(before.join('\n'), before.with(5, 'changed').join('\n'));
    expect(foldUnchanged(lines).map(section => section.isFolded)).toEqual([false]);
  });
});
