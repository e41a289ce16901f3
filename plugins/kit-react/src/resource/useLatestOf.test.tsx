import { renderHook } from '@testing-library/react';
import { useLatestOf } from './useLatestOf';

interface Sources {
  told?: string;
  asked?: string;
}

describe('useLatestOf', () => {
  it('gives what came last, whichever source it came from', () => {
    const { result, rerender } = renderHook(({ told, asked }: Sources) => useLatestOf(told, asked), {
      initialProps: {} as Sources,
    });
    const after = (sources: Sources) => {
      rerender(sources);
      return result.current;
    };
    expect(result.current).toBeUndefined();
    expect(after({ asked: 'asked 1' })).toBe('asked 1');
    expect(after({ asked: 'asked 1', told: 'told 1' })).toBe('told 1');
    expect(after({ asked: 'asked 2', told: 'told 1' })).toBe('asked 2');
    expect(after({ asked: 'asked 2', told: 'told 2' })).toBe('told 2');
    expect(after({ asked: 'asked 2' })).toBe('asked 2');
    expect(after({})).toBeUndefined();
  });
});
