import { setTimeout } from 'node:timers/promises';
import { Heartbeat } from './Heartbeat';

function start(beat: () => Promise<boolean>) {
  const log: unknown[] = [];
  const heartbeat = new Heartbeat({
    ...{ lifeMs: 100, heartbeatMs: 20, takenAt: performance.now(), beat },
    onLost: () => log.push('lost'),
    onError: error => log.push(error),
  });
  return { heartbeat, log };
}

describe('Heartbeat', () => {
  it('outlives its life while signs can be given, and tells nothing once it is stopped', async () => {
    const { heartbeat, log } = start(async () => true);
    await setTimeout(200);
    expect(heartbeat.isAlive).toBe(true);
    heartbeat.stop();
    expect(heartbeat.isAlive).toBe(false);
    await setTimeout(150);
    expect(log).toEqual([]);
  });

  it('is lost at once when there is nothing to give a sign for', async () => {
    const { heartbeat, log } = start(async () => false);
    await setTimeout(60);
    expect(heartbeat.isAlive).toBe(false);
    expect(log).toEqual(['lost']);
  });

  it.each([
    { name: 'fail', beat: () => Promise.reject(new Error('cut off')) },
    { name: 'never come back', beat: () => new Promise<boolean>(() => {}) },
  ])('is lost when its life is over and all signs $name', async ({ beat }) => {
    const { heartbeat, log } = start(beat);
    await setTimeout(60);
    expect(heartbeat.isAlive).toBe(true);
    await setTimeout(80);
    expect(heartbeat.isAlive).toBe(false);
    expect(log.at(-1)).toBe('lost');
  });
});
