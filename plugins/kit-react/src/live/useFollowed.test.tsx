import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, render, screen } from '@testing-library/react';
import { z } from 'zod/v3';
import { TestLiveApi } from '../testUtils';
import { liveApiRef } from './LiveApi';
import { useFollowed } from './useFollowed';

const topic = 'a:1';
const schema = z.object({ count: z.number() });

function View(props: { load: () => Promise<{ count: number }> }) {
  const { value, error, isLive } = useFollowed({ topic, schema, load: props.load });
  return (
    <p>{[value?.count ?? 'nothing', error === undefined ? 'fine' : 'failed', isLive ? 'live' : 'asked'].join(', ')}</p>
  );
}

function renderView(load: () => Promise<{ count: number }>) {
  const live = new TestLiveApi();
  render(
    <TestApiProvider apis={[[liveApiRef, live]]}>
      <View load={load} />
    </TestApiProvider>,
  );
  return live;
}

const shown = () => screen.getByRole('paragraph').textContent;
/** In steps, so that the component is drawn in between. */
async function pass(seconds: number) {
  for (let second = 0; second < seconds; second++) await act(() => jest.advanceTimersByTimeAsync(1_000));
}

describe('useFollowed', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('shows the answer, then what it is told, which an answer that was under way does not replace', async () => {
    let answer = (_: { count: number }) => {};
    const load = () => new Promise<{ count: number }>(resolve => (answer = resolve));
    const live = renderView(load);
    expect(shown()).toBe('nothing, fine, live');
    act(() => live.send(topic, { count: 2 }));
    await act(async () => answer({ count: 1 }));
    expect(shown()).toBe('2, fine, live');
  });

  it('asks when the topic has ended, and follows it anew once there is an answer', async () => {
    const load = jest
      .fn()
      .mockResolvedValueOnce({ count: 1 })
      .mockRejectedValueOnce(new Error('gone'))
      .mockResolvedValue({ count: 3 });
    const live = renderView(load);
    await pass(1);
    act(() => live.send(topic, { count: 2 }));
    act(() => live.fail(topic, { name: 'NotFoundError', message: 'gone' }));
    expect(shown()).toBe('2, fine, asked');
    await pass(10);
    expect(shown()).toBe('2, failed, asked');
    await pass(10);
    expect(shown()).toBe('3, fine, asked'); // subscribed again, but not told anything yet
    act(() => live.send(topic, { count: 4 }));
    expect(shown()).toBe('4, fine, live');
    const askedCount = load.mock.calls.length;
    await pass(20);
    expect(load).toHaveBeenCalledTimes(askedCount);
  });

  it('does not subscribe again and again where the topic ends at once, or speaks another language', async () => {
    const load = jest.fn(async () => ({ count: 1 }));
    const live = renderView(load);
    const subscribe = jest.spyOn(live, 'subscribe');
    await pass(1);
    act(() => live.send(topic, { count: 'one' }));
    await pass(20);
    expect([shown(), load.mock.calls.length, subscribe.mock.calls.length]).toEqual(['1, fine, asked', 3, 0]);
    for (let turn = 1; turn <= 2; turn++) {
      act(() => live.fail(topic, { name: 'NotFoundError', message: 'nobody offers it' }));
      await pass(10);
      expect([shown(), subscribe.mock.calls.length]).toEqual(['1, fine, asked', turn]);
    }
  });
});
