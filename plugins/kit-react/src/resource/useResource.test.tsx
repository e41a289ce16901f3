import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useResource } from './useResource';

function View(props: { load: (signal: AbortSignal) => Promise<string>; pollMs?: number }) {
  const { value, error, isLoading, reload } = useResource(props.load, { pollMs: props.pollMs });
  return (
    <button onClick={reload}>
      {[
        isLoading ? 'loading' : 'settled',
        value ?? 'no value',
        error instanceof Error ? error.message : 'no error',
      ].join(', ')}
    </button>
  );
}

describe('useResource', () => {
  it('keeps the last known value beside the error of a later try', async () => {
    const load = jest
      .fn()
      .mockResolvedValueOnce('first')
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValue('third');
    render(<View load={load} />);
    screen.getByRole('button', { name: 'loading, no value, no error' });
    await userEvent.click(await screen.findByRole('button', { name: 'settled, first, no error' }));
    await userEvent.click(await screen.findByRole('button', { name: 'settled, first, down' }));
    await screen.findByRole('button', { name: 'settled, third, no error' });
  });

  it('starts from nothing for another thing, and ends the request for the former', async () => {
    const signals: AbortSignal[] = [];
    const never = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>(() => {});
    };
    const { rerender, unmount } = render(<View load={never} />);
    rerender(<View load={async () => 'other'} />);
    expect(signals.map(signal => signal.aborted)).toEqual([true]);
    unmount();
  });

  it('waits for an answer that takes longer than the time between two questions', async () => {
    jest.useFakeTimers();
    try {
      let count = 0;
      const load = jest.fn((signal: AbortSignal) => {
        count += 1;
        const answer = `answer ${count}`;
        return new Promise<string>((resolve, reject) => {
          setTimeout(() => resolve(answer), 2_500);
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      });
      const { unmount } = render(<View load={load} pollMs={1_000} />);
      await act(() => jest.advanceTimersByTimeAsync(2_500));
      screen.getByRole('button', { name: 'settled, answer 1, no error' });
      // In steps, so that the component is drawn in between: a second until it asks, two and a half until it hears.
      for (let step = 0; step < 8; step++) await act(() => jest.advanceTimersByTimeAsync(500));
      screen.getByRole('button', { name: 'settled, answer 2, no error' });
      unmount();
    } finally {
      jest.useRealTimers();
    }
  });

  it('asks again while it is mounted, and not after', async () => {
    jest.useFakeTimers();
    try {
      const load = jest.fn(async () => 'value');
      const { unmount } = render(<View load={load} pollMs={1_000} />);
      for (let second = 0; second < 3; second++) await act(() => jest.advanceTimersByTimeAsync(1_000));
      expect(load).toHaveBeenCalledTimes(3);
      unmount();
      await jest.advanceTimersByTimeAsync(5_000);
      expect(load).toHaveBeenCalledTimes(3);
    } finally {
      jest.useRealTimers();
    }
  });
});
