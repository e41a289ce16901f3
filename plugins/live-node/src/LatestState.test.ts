import { LatestState } from './LatestState';

async function collect(latest: LatestState, options: { count: number; signal: AbortSignal }): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const state of latest.states(options.signal)) {
    seen.push(state.data);
    if (seen.length === options.count) break;
  }
  return seen;
}

describe('LatestState', () => {
  it('gives every reader the present state at once and each change after it', async () => {
    const latest = new LatestState();
    latest.set({ id: '1', data: 'a' });
    const { signal } = new AbortController();
    const readers = Promise.all([collect(latest, { count: 2, signal }), collect(latest, { count: 2, signal })]);
    await Promise.resolve();
    latest.set({ id: '2', data: 'b' });
    expect(await readers).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('skips what a slow reader missed, and an id that did not change', async () => {
    const latest = new LatestState();
    const states = latest.states(new AbortController().signal);
    latest.set({ id: '1', data: 'a' });
    expect((await states.next()).value).toEqual({ id: '1', data: 'a' });
    latest.set({ id: '1', data: 'not a change' });
    latest.set({ id: '2', data: 'missed' });
    latest.set({ id: '3', data: 'c' });
    expect((await states.next()).value).toEqual({ id: '3', data: 'c' });
    await states.return(undefined);
  });

  it('ends when the signal aborts, also while it waits', async () => {
    const controller = new AbortController();
    const reading = collect(new LatestState(), { count: 1, signal: controller.signal });
    controller.abort();
    expect(await reading).toEqual([]);
  });

  it('leaves nothing behind on the signal when a reader goes', async () => {
    const latest = new LatestState();
    latest.set({ id: '1', data: 'a' });
    const { signal } = new AbortController();
    const removed = jest.spyOn(signal, 'removeEventListener');
    expect(await collect(latest, { count: 1, signal })).toEqual(['a']);
    expect(removed).toHaveBeenCalledTimes(1);
  });
});
