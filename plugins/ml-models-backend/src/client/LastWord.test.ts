import { LastWord } from './LastWord';

describe('LastWord', () => {
  it('is a failure until there is an answer, or nobody can say any more', () => {
    let now = 0;
    const word = new LastWord(() => now);
    const after = (result: string) => {
      word.hear(result);
      return word.isFailure;
    };
    expect(word.isFailure).toBe(false);
    expect(['ok', 'UPSTREAM_TIMEOUT', 'aborted', 'UPSTREAM_NOT_FOUND', 'UPSTREAM_FAILED'].map(after)).toEqual([
      ...[false, true, true, false, true],
    ]);
    now = 5 * 60_000;
    expect(word.isFailure).toBe(false);
  });
});
