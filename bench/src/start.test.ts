import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StackOptions } from '../../scripts/launcher/stack.mjs';
import { inUnits, report } from './measure/report';
import { summarize } from './measure/statistics';

jest.setTimeout(600_000);

const roundCount = 3;

/** Goal for a start after the first one, until the portal answers and the page is served. */
const secondStartGoalMs = 15_000;

/**
 * From the launcher's call to a portal that answers, on an existing state; beside the same backend with Backstage's own
 * plugins only. Both take turns in one run and share the compile cache.
 */
describe('bench/start', () => {
  it('measures the second start', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'leitstand-bench-'));
    const settings = (name: string): StackOptions => ({
      port: 0,
      stateDir: path.join(directory, name),
      logDirectory: path.join(directory, 'logs'),
    });
    const officialBackend = path.join(__dirname, 'officialBackend.ts');
    try {
      const first = await timeStart(settings('leitstand'));
      await timeStart({ ...settings('official'), entries: { backend: officialBackend } });
      const second: number[] = [];
      const official: number[] = [];
      for (let round = 0; round < roundCount; round++) {
        second.push(await timeStart(settings('leitstand')));
        official.push(await timeStart({ ...settings('official'), entries: { backend: officialBackend } }));
      }
      const ours = summarize(second);
      const theirs = summarize(official);
      await report('start', [
        { what: 'first start on an empty state', value: inUnits(first) },
        {
          what: 'second start: p50 / worst',
          value: `${inUnits(ours.p50Ms)} / ${inUnits(ours.p95Ms)}  n=${ours.n}`,
          goal: `< ${inUnits(secondStartGoalMs)}`,
          isMet: ours.p95Ms < secondStartGoalMs,
        },
        {
          what: 'same with official plugins only: p50 / worst',
          value: `${inUnits(theirs.p50Ms)} / ${inUnits(theirs.p95Ms)}  n=${theirs.n}`,
        },
        { what: 'ratio of the medians', value: (ours.p50Ms / theirs.p50Ms).toFixed(2) },
      ]);
      expect(second).toHaveLength(roundCount);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

async function timeStart(options: StackOptions): Promise<number> {
  const { startStack } = await import('../../scripts/launcher/stack.mjs');
  const started = performance.now();
  const stack = await startStack(options);
  const tookMs = performance.now() - started;
  await stack.stop();
  return tookMs;
}
