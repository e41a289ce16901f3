import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaReasons, findingOfSystems, HealthChecks, type AreaFinding } from './HealthChecks';

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-03-01T08:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

const up = async (): Promise<AreaFinding> => ({ state: 'up' });

describe('HealthChecks', () => {
  it('says how each area is, and since when; one that fails or hangs is down', async () => {
    const checks = new HealthChecks();
    checks.add({ area: 'database', isRequired: true, check: up });
    checks.add({ area: 'sources', check: async () => findingOfSystems({ count: 3, failingCount: 1 }) });
    checks.add({ area: 'broken', check: () => Promise.reject(new Error('password=hunter2')) });
    checks.add({ area: 'hanging', check: () => new Promise(() => {}) });
    const report = checks.report();
    await jest.advanceTimersByTimeAsync(2_000);
    const since = '2026-03-01T08:00:02.000Z';
    const of3 = { count: 3, failingCount: 1 };
    expect(await report).toEqual([
      { area: 'broken', state: 'down', reason: 'check-failed', isRequired: false, since: '2026-03-01T08:00:00.000Z' },
      { area: 'database', state: 'up', isRequired: true, since: '2026-03-01T08:00:00.000Z' },
      { area: 'hanging', state: 'down', reason: 'check-timed-out', isRequired: false, since },
      {
        ...{ area: 'sources', state: 'degraded', reason: 'upstreams-failing', systems: of3 },
        ...{ isRequired: false, since: '2026-03-01T08:00:00.000Z' },
      },
    ]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('looks once a second, however often it is asked, and never twice at a time', async () => {
    const check = jest.fn(up);
    const hanging = jest.fn(() => new Promise<AreaFinding>(() => {}));
    const checks = new HealthChecks();
    checks.add({ area: 'database', check });
    checks.add({ area: 'hanging', check: hanging });
    const ask = async () => {
      const reports = Promise.all([checks.report(), checks.report()]);
      await jest.advanceTimersByTimeAsync(2_000);
      return reports;
    };
    await ask();
    await ask();
    expect(check).toHaveBeenCalledTimes(2);
    expect(hanging).toHaveBeenCalledTimes(1);
  });

  it('keeps the time of a state until the state or its reason is another one', async () => {
    const findings: AreaFinding[] = [
      { state: 'up' },
      { state: 'up' },
      { state: 'degraded', reason: 'queue-not-read' },
      { state: 'degraded', reason: 'leases-not-renewed' },
      { state: 'up' },
    ];
    const checks = new HealthChecks();
    checks.add({ area: 'operations', check: async () => findings.shift()! });
    const seconds: number[] = [];
    while (findings.length > 0) {
      const [{ since }] = await checks.report();
      seconds.push(new Date(since).getUTCSeconds());
      jest.advanceTimersByTime(2_000);
    }
    expect(seconds).toEqual([0, 0, 4, 6, 8]);
  });
});

describe('areaReasons', () => {
  it('are the rows of the documentation', () => {
    const page = readFileSync(join(__dirname, '../../../docs/observability.md'), 'utf8');
    const [, table] = page.split('| Reason | Meaning |');
    const rows = [...table.split('\n\n')[0].matchAll(/^\| `([a-z-]+)` \|/gm)];
    expect(rows.map(([, reason]) => reason)).toEqual(areaReasons);
  });
});
