import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LauncherError } from '../errors.mjs';
import { createSteps } from '../steps.mjs';
import { checkResult } from '../testResults.mjs';
import { runGroup } from './parts.mjs';

function createContext(signal = new AbortController().signal) {
  let text = '';
  const steps = createSteps({ out: { write: part => (text += part) }, now: () => 0 });
  return { context: { steps, signal }, read: () => text };
}

describe('runGroup', () => {
  it('runs all at once, and gives the results in order, whatever one of them found', async () => {
    const { context, read } = createContext();
    const typesEnded = Promise.withResolvers();
    const results = await runGroup(context, {
      lint: async ({ steps }) => {
        await steps.run('eslint', () => typesEnded.promise);
        return [checkResult('eslint'), checkResult('knip')];
      },
      broken: async () => {
        throw new LauncherError('step-failed', 'It did not begin');
      },
      types: async ({ steps }) => {
        const result = await steps.run('types', () => checkResult('types'));
        typesEnded.resolve();
        return result;
      },
    });
    assert.deepEqual(
      results.map(({ part, failed }) => [part, failed]),
      [
        ['eslint', 0],
        ['knip', 0],
        ['broken', 1],
        ['types', 0],
      ],
    );
    assert.equal(read(), '  types … 0.0 s\n  eslint … 0.0 s\n');
  });

  it('ends with the interruption when there was one, once all have ended', async () => {
    const { context } = createContext(AbortSignal.abort());
    let hasEnded = false;
    const group = {
      first: () => Promise.reject(new LauncherError('interrupted', 'stop')),
      second: async () => {
        await new Promise(resolve => setImmediate(resolve));
        hasEnded = true;
        return checkResult('second');
      },
    };
    await assert.rejects(runGroup(context, group), { code: 'interrupted' });
    assert.ok(hasEnded);
  });
});
