import { PollLoop } from './PollLoop';

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('PollLoop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('does rounds that never overlap, sooner when asked, and none after its end', async () => {
    const log: string[] = [];
    const loop = new PollLoop({
      everyMs: 60_000,
      onError: error => log.push(String(error)),
      async act() {
        log.push('begin');
        await new Promise(resolve => setTimeout(resolve, 20));
        log.push('end');
        if (log.length === 2) throw new Error('broken');
      },
    });
    loop.wakeIn(0);
    await pass(5);
    expect(log).toEqual([]);
    loop.start();
    loop.start();
    await pass(10);
    loop.wakeIn(0); // while a round is under way
    await pass(60);
    expect(log).toEqual(['begin', 'end', 'Error: broken', 'begin', 'end']);
    loop.wakeIn(0);
    await pass(10);
    const stopping = loop.stop();
    await pass(10);
    await stopping;
    expect(log.slice(5)).toEqual(['begin', 'end']);
    loop.wakeIn(0);
    await pass(100_000);
    expect(log).toHaveLength(7);
    expect(jest.getTimerCount()).toBe(0);
  });
});
