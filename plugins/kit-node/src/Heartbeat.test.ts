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

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('Heartbeat', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('outlives its life while signs can be given, and tells nothing once it is stopped', async () => {
    const { heartbeat, log } = start(async () => true);
    await pass(210);
    expect(heartbeat.isAlive).toBe(true);
    expect(heartbeat.silentForMs).toBe(10);
    heartbeat.stop();
    expect(heartbeat.isAlive).toBe(false);
    await pass(150);
    expect(log).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is lost at once when there is nothing to give a sign for', async () => {
    const { heartbeat, log } = start(async () => false);
    await pass(20);
    expect(heartbeat.isAlive).toBe(false);
    expect(log).toEqual(['lost']);
  });

  it.each([
    { name: 'fail', beat: () => Promise.reject(new Error('cut off')) },
    { name: 'never come back', beat: () => new Promise<boolean>(() => {}) },
  ])('is lost when its life is over and all signs $name', async ({ beat }) => {
    const { heartbeat, log } = start(beat);
    await pass(99);
    expect(heartbeat.isAlive).toBe(true);
    await pass(1);
    expect(heartbeat.isAlive).toBe(false);
    expect(log.at(-1)).toBe('lost');
    expect(jest.getTimerCount()).toBe(0);
  });
});
