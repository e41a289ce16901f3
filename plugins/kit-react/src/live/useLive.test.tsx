import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { z } from 'zod/v3';
import { liveApiRef, type LiveApi, type LiveListener } from './LiveApi';
import { useLive } from './useLive';

const schema = z.object({ count: z.number() });

function View(props: { topic: string | undefined }) {
  const { data, error, connection, retry } = useLive({ topic: props.topic, schema, initial: { count: 0 } });
  return (
    <button onClick={retry}>{[data?.count, connection, error === undefined ? 'no error' : 'failed'].join(', ')}</button>
  );
}

/** Stands in for the connection, which has its own tests. */
class Topics implements LiveApi {
  subscriptions: { topic: string; listener: LiveListener }[] = [];
  subscribe(topic: string, listener: LiveListener) {
    const subscription = { topic, listener };
    this.subscriptions.push(subscription);
    return () => {
      this.subscriptions = this.subscriptions.filter(other => other !== subscription);
    };
  }
}

describe('useLive', () => {
  const renderView = (topics: Topics, topic: string | undefined) => (
    <TestApiProvider apis={[[liveApiRef, topics]]}>
      <View topic={topic} />
    </TestApiProvider>
  );
  const shows = (text: string) => screen.findByRole('button', { name: text });

  it('shows the initial value, then what comes, and ends with the component', async () => {
    const topics = new Topics();
    const { unmount } = render(renderView(topics, 'a:1'));
    await shows('0, connecting, no error');
    act(() => topics.subscriptions[0].listener.onConnectionState('open'));
    act(() => topics.subscriptions[0].listener.onMessage({ count: 7 }));
    await shows('7, open, no error');
    act(() => topics.subscriptions[0].listener.onConnectionState('interrupted'));
    await shows('7, interrupted, no error');
    unmount();
    expect(topics.subscriptions).toEqual([]);
  });

  it.each([
    ['the topic fails', (listener: LiveListener) => listener.onFailure({ name: 'NotFoundError', message: 'gone' })],
    ['a message does not fit the contract', (listener: LiveListener) => listener.onMessage({ count: 'seven' })],
  ])('keeps the last known value when %s, and subscribes anew on demand', async (_, fail) => {
    const topics = new Topics();
    render(renderView(topics, 'a:1'));
    act(() => topics.subscriptions[0].listener.onMessage({ count: 7 }));
    const former = topics.subscriptions[0];
    act(() => fail(former.listener));
    await userEvent.click(await shows('7, connecting, failed'));
    await shows('7, connecting, no error');
    expect(topics.subscriptions).toHaveLength(1);
    expect(topics.subscriptions[0]).not.toBe(former);
  });

  it('forgets what it knew of another topic, and follows nothing without one', async () => {
    const topics = new Topics();
    const { rerender } = render(renderView(topics, 'a:1'));
    act(() => topics.subscriptions[0].listener.onMessage({ count: 7 }));
    rerender(renderView(topics, 'b:2'));
    await shows('0, connecting, no error');
    expect(topics.subscriptions.map(({ topic }) => topic)).toEqual(['b:2']);
    rerender(renderView(topics, undefined));
    expect(topics.subscriptions).toEqual([]);
  });
});
