import { startKubernetesHomelab } from '@leitstand/homelab';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../e2e/src/harness/openBrowser';
import { FleetBrowser } from './harness/FleetBrowser';
import { startBenchPortal } from './harness/startBenchPortal';
import type { EventLoopDelay, ProcessMemory } from './measure/ProcessProbe';
import { inMebibytes, inUnits, report } from './measure/report';
import { summarize } from './measure/statistics';

jest.setTimeout(600_000);

const workloadCount = 2_000;
const podsPerWorkload = 5;
const warmCount = 50;
/** The baseline: as good as empty, and still a page with a row. */
const smallCount = 1;

interface Outcome {
  coldMs: number;
  warmMs: number[];
  before: ProcessMemory;
  after: ProcessMemory;
  delay: EventLoopDelay;
  firstRowMs: number[];
  rowCount: number;
  frameMs: number[];
  heapBytes: number;
}

/**
 * All workloads of a cluster with 10,000 pods, beside the same portal on a cluster with one. The catalogue takes none of
 * them, so that what is measured is the fleet; `bench/ingest` measures the catalogue.
 */
describe('bench/fleet', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('measures the fleet of 10,000 pods beside an almost empty one', async () => {
    const small = await measure(browser, smallCount);
    const large = await measure(browser, workloadCount);
    const row = (what: string, value: (outcome: Outcome) => string, ratio: (outcome: Outcome) => number) => ({
      what,
      value: `${value(large)}  (${value(small)}, ratio ${(ratio(large) / ratio(small)).toFixed(2)})`,
    });
    const warm = ({ warmMs }: Outcome) => summarize(warmMs);
    const frames = ({ frameMs }: Outcome) => summarize(frameMs);
    await report('fleet', [
      { what: 'workloads × pods (beside: the same with one workload)', value: `${workloadCount} × ${podsPerWorkload}` },
      row(
        'page in the browser until the first row: p50',
        outcome => inUnits(summarize(outcome.firstRowMs).p50Ms),
        outcome => summarize(outcome.firstRowMs).p50Ms,
      ),
      row(
        'first answer, the cluster not read yet',
        ({ coldMs }) => inUnits(coldMs),
        ({ coldMs }) => coldMs,
      ),
      row(
        'first page of 100, warm: p50',
        outcome => inUnits(warm(outcome).p50Ms),
        outcome => warm(outcome).p50Ms,
      ),
      row(
        'first page of 100, warm: p95',
        outcome => inUnits(warm(outcome).p95Ms),
        outcome => warm(outcome).p95Ms,
      ),
      row(
        "backend's heap after reading",
        ({ after }) => inMebibytes(after.heapBytes),
        ({ after }) => after.heapBytes,
      ),
      row(
        "backend's heap, added by reading",
        ({ before, after }) => inMebibytes(after.heapBytes - before.heapBytes),
        ({ before, after }) => after.heapBytes - before.heapBytes,
      ),
      row(
        "backend's resident memory after reading",
        ({ after }) => inMebibytes(after.residentBytes),
        ({ after }) => after.residentBytes,
      ),
      row(
        "backend's event-loop delay meanwhile: p99",
        ({ delay }) => inUnits(delay.p99Ms),
        ({ delay }) => delay.p99Ms,
      ),
      row(
        "backend's event-loop delay meanwhile: most",
        ({ delay }) => inUnits(delay.maxMs),
        ({ delay }) => delay.maxMs,
      ),
      row(
        "browser's heap after scrolling to the end",
        ({ heapBytes }) => inMebibytes(heapBytes),
        ({ heapBytes }) => heapBytes,
      ),
      {
        what: 'time between two pictures while scrolling: p50 / p95',
        value: `${inUnits(frames(large).p50Ms)} / ${inUnits(frames(large).p95Ms)}  n=${frames(large).n}`,
      },
    ]);
    expect(large.rowCount).toBe(workloadCount);
  });
});

async function measure(browser: Browser, workloads: number): Promise<Outcome> {
  await using cluster = await startKubernetesHomelab({ seed: { workloads, podsPerWorkload } });
  await using portal = await startBenchPortal(cluster, { hasCatalog: false });
  const { memory: before } = await portal.readBackend();
  const timeList = async () => {
    const started = performance.now();
    const list = await portal.fetchJson<WorkloadList>('/api/rollouts/v1/workloads?limit=100');
    return { list, tookMs: performance.now() - started };
  };
  const { list, tookMs: coldMs } = await timeList();
  expect(list.totalCount).toBe(workloads);
  const warmMs: number[] = [];
  for (let round = 0; round < warmCount; round++) warmMs.push((await timeList()).tookMs);
  const { memory: after, delay } = await portal.readBackend();

  await using window = await FleetBrowser.open(browser, portal.url);
  const firstRowMs: number[] = [];
  for (let round = 0; round < 5; round++) firstRowMs.push(await window.untilFirstRow());
  const scrolled = await window.scrollToEnd();
  return { coldMs, warmMs, before, after, delay, firstRowMs, ...scrolled, heapBytes: await window.heapBytes() };
}
