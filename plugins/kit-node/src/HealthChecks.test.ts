import { HealthChecks } from './HealthChecks';

describe('HealthChecks', () => {
  it('says how each area is; one that fails or hangs is down', async () => {
    jest.useFakeTimers();
    const checks = new HealthChecks();
    checks.add({ area: 'database', isRequired: true, check: async () => 'up' });
    checks.add({ area: 'sources', check: async () => 'degraded' });
    checks.add({ area: 'broken', check: () => Promise.reject(new Error('password=hunter2')) });
    checks.add({ area: 'hanging', check: () => new Promise(() => {}) });
    const report = checks.report();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await report).toEqual([
      { area: 'broken', state: 'down', isRequired: false },
      { area: 'database', state: 'up', isRequired: true },
      { area: 'hanging', state: 'down', isRequired: false },
      { area: 'sources', state: 'degraded', isRequired: false },
    ]);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('looks once a second, however often it is asked', async () => {
    const check = jest.fn(async () => 'up' as const);
    const checks = new HealthChecks();
    checks.add({ area: 'database', check });
    await Promise.all([checks.report(), checks.report()]);
    await checks.report();
    expect(check).toHaveBeenCalledTimes(1);
  });
});
