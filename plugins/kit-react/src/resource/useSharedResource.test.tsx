import { act, render, screen } from '@testing-library/react';
import { useSharedResource } from './useSharedResource';

const pollMs = 1_000;

function View(props: { owner: object; load: (signal: AbortSignal) => Promise<string> }) {
  const { value, error, reload } = useSharedResource({ owner: props.owner, key: 'thing', load: props.load, pollMs });
  return <button onClick={reload}>{[value ?? 'no value', error === undefined ? 'fine' : 'failed'].join(', ')}</button>;
}

const texts = () => screen.getAllByRole('button').map(button => button.textContent);
const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

describe('useSharedResource', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks once for all of an owner, again after a while, and keeps the last value beside an error', async () => {
    const owner = {};
    const load = jest
      .fn()
      .mockResolvedValueOnce('first')
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValue('3');
    render(
      <>
        <View owner={owner} load={load} />
        <View owner={owner} load={load} />
        <View owner={{}} load={async () => 'of another'} />
      </>,
    );
    await pass(0);
    expect(texts()).toEqual(['first, fine', 'first, fine', 'of another, fine']);
    await pass(pollMs);
    expect(texts().slice(0, 2)).toEqual(['first, failed', 'first, failed']);
    await act(async () => screen.getAllByRole('button')[1].click());
    expect(texts().slice(0, 2)).toEqual(['3, fine', '3, fine']);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('stops with the last component, and shows the next one what it knows', async () => {
    const owner = {};
    const load = jest.fn(async () => 'value');
    const { unmount } = render(<View owner={owner} load={load} />);
    await pass(0);
    unmount();
    await jest.advanceTimersByTimeAsync(pollMs / 2);
    const next = render(<View owner={owner} load={load} />);
    expect(texts()).toEqual(['value, fine']);
    expect(load).toHaveBeenCalledTimes(1);
    next.unmount();
    await jest.advanceTimersByTimeAsync(10 * pollMs);
    expect([load.mock.calls.length, jest.getTimerCount()]).toEqual([1, 0]);
  });

  it('does not take a failure for something new that is known', async () => {
    const owner = {};
    const load = jest.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue('value');
    const { unmount } = render(<View owner={owner} load={load} />);
    await pass(0);
    expect(texts()).toEqual(['no value, failed']);
    unmount();
    render(<View owner={owner} load={load} />);
    await pass(0);
    expect(texts()).toEqual(['value, fine']);
  });

  it('ends the request that nobody waits for any more', async () => {
    const signals: AbortSignal[] = [];
    const load = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>(() => {});
    };
    render(<View owner={{}} load={load} />).unmount();
    expect(signals.map(signal => signal.aborted)).toEqual([true]);
  });
});
