import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSteps } from './steps.mjs';

function recordedSteps() {
  let text = '';
  let now = 0;
  const steps = createSteps({ out: { write: part => (text += part) }, now: () => now });
  return { steps, read: () => text, advance: milliseconds => (now += milliseconds) };
}

describe('createSteps', () => {
  it('prints a line with the time for each step and returns what it returns', async () => {
    const { steps, read, advance } = recordedSteps();
    assert.equal(await steps.run('build', () => advance(12_340) && 'built'), 'built');
    assert.equal(read(), '  build … 12.3 s\n');
    assert.deepEqual(steps.timings, [{ name: 'build', startMs: 0, durationMs: 12_340, hasFailed: false }]);
  });

  it('prints whole lines for steps that run at the same time', async () => {
    const { steps, read, advance } = recordedSteps();
    const besides = steps.besides();
    const { promise, resolve } = Promise.withResolvers();
    const first = besides.run('lint', () => promise);
    await besides.run('types', () => advance(1_000));
    advance(500);
    resolve();
    await first;
    assert.equal(read(), '  types … 1.0 s\n  lint … 1.5 s\n');
    assert.deepEqual(
      steps.timings.map(({ name, startMs }) => [name, startMs]),
      [
        ['types', 0],
        ['lint', 0],
      ],
    );
  });

  it('marks a step that failed and lets the error fly', async () => {
    const { steps, read } = recordedSteps();
    await assert.rejects(
      steps.run('build', () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(read(), '  build … failed after 0.0 s\n');
    assert.equal(steps.timings[0].hasFailed, true);
  });
});
