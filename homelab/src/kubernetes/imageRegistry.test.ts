import { createImageRegistry, linesOf, type ImageBehaviour } from './imageRegistry';

const startedMs = Date.UTC(2026, 0, 1);

describe('createImageRegistry', () => {
  it.each([
    ['nginx:1.28', true],
    ['docker.io/library/nginx:1.28', true],
    ['nginx', false],
    ['ghcr.io/timfbr03/cloud-computing-dski/backend:v1.6.0', false],
    ['localhost:5000/mine', true],
  ])('finds %s: %s', (image, isHeld) => {
    expect(createImageRegistry(['localhost:5000/mine'])(image) !== undefined).toBe(isHeld);
  });

  it('tells of the one release that crashes why it does, in its last line', () => {
    const behaviour = createImageRegistry()('ghcr.io/timfbr03/flink-processor:v0.3.0');
    if (!behaviour?.exit) throw new Error('it does not crash');
    expect(behaviour.exit.code).toBe(1);
    const run = { startedMs, untilMs: startedMs + behaviour.exit.afterMs, hasEnded: true };
    expect(linesOf(behaviour, run).at(-1)).toEqual({
      atMs: run.untilMs,
      text: 'IndexError: tuple index out of range: AvgReduce needs (sensor, value, count), but the map step gives (sensor, value)',
    });
  });
});

describe('linesOf', () => {
  const behaviour: ImageBehaviour = {
    starts: ['one', 'two'],
    beats: { everyMs: 1_000, lines: ['beat {n}', 'other beat'] },
    ends: ['end'],
  };
  const texts = (elapsedMs: number, hasEnded = false) =>
    linesOf(behaviour, { startedMs, untilMs: startedMs + elapsedMs, hasEnded }).map(line => line.text);

  it('grows with time and never changes what was written', () => {
    expect(texts(0)).toEqual(['one']);
    expect(texts(2_500)).toEqual(['one', 'two', 'beat 1', 'other beat']);
    expect(texts(3_000, true)).toEqual([...texts(2_500), 'beat 3', 'end']);
  });

  it('keeps the last thousand beats of a container that has run for long', () => {
    const lines = texts(86_400_000);
    expect(lines).toHaveLength(1_002);
    expect(lines.at(-2)).toBe('beat 86399');
  });
});
