import { Wakeup } from './Wakeup';

const { signal } = new AbortController();

describe('Wakeup', () => {
  it('lets calls count as one, also those of before', async () => {
    const wakeup = new Wakeup();
    wakeup.call();
    wakeup.call();
    await wakeup.next({ gatherMs: 1, longestMs: 60_000 }, signal);
    setTimeout(() => wakeup.call(), 5);
    await wakeup.next({ gatherMs: 1, longestMs: 60_000 }, signal);
  });

  it('does not wait for ever', async () => {
    await new Wakeup().next({ gatherMs: 60_000, longestMs: 5 }, signal);
  });

  it('ends with its owner', async () => {
    const owner = new AbortController();
    const waiting = new Wakeup().next({ gatherMs: 1, longestMs: 60_000 }, owner.signal);
    owner.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
  });
});
