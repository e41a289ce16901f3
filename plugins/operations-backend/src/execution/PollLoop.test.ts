import { setTimeout } from 'node:timers/promises';
import { PollLoop } from './PollLoop';

describe('PollLoop', () => {
  it('does rounds that never overlap, sooner when asked, and none after its end', async () => {
    const log: string[] = [];
    const loop = new PollLoop({
      everyMs: 60_000,
      onError: error => log.push(String(error)),
      async act() {
        log.push('begin');
        await setTimeout(20);
        log.push('end');
        if (log.length === 2) throw new Error('broken');
      },
    });
    loop.wakeIn(0);
    await setTimeout(5);
    expect(log).toEqual([]);
    loop.start();
    loop.start();
    await setTimeout(10);
    loop.wakeIn(0); // while a round is under way
    await setTimeout(60);
    expect(log).toEqual(['begin', 'end', 'Error: broken', 'begin', 'end']);
    loop.wakeIn(0);
    await setTimeout(10);
    await loop.stop();
    expect(log.slice(5)).toEqual(['begin', 'end']);
    loop.wakeIn(0);
    await setTimeout(10);
    expect(log).toHaveLength(7);
  });
});
