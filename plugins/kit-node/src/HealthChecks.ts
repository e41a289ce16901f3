import { createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';

/** `degraded`: it works with older or fewer things. */
export type AreaState = 'up' | 'degraded' | 'down';

/** How one area says whether it is well. */
export interface HealthCheck {
  area: string;
  /** Whether the process cannot serve anybody while it is down. Default: false. */
  isRequired?: boolean;
  /** Failing is `down`, and so is taking longer than two seconds. */
  check(): Promise<AreaState>;
}

/** What was found of one area. Everybody may read it: no names of systems. */
export interface AreaHealth {
  area: string;
  state: AreaState;
  isRequired: boolean;
}

const timeLimitMs = 2_000;
/** Probes of several proxies share one look. */
const maxAgeMs = 1_000;

/** The checks of all areas of this process. */
export class HealthChecks {
  readonly #checks: HealthCheck[] = [];
  #latest: { at: number; report: Promise<AreaHealth[]> } | undefined;

  add(check: HealthCheck): void {
    this.#checks.push(check);
    this.#checks.sort((a, b) => a.area.localeCompare(b.area));
  }

  /** Every area by name, at most a second old. */
  report(): Promise<AreaHealth[]> {
    if (!this.#latest || Date.now() - this.#latest.at > maxAgeMs) {
      this.#latest = { at: Date.now(), report: Promise.all(this.#checks.map(look)) };
    }
    return this.#latest.report;
  }
}

async function look({ area, isRequired = false, check }: HealthCheck): Promise<AreaHealth> {
  const { promise: late, resolve } = Promise.withResolvers<AreaState>();
  const timer = setTimeout(() => resolve('down'), timeLimitMs);
  const state = await Promise.race([check().catch(() => 'down' as const), late]);
  clearTimeout(timer);
  return { area, state, isRequired };
}

/** One per backend process. */
export const healthChecksServiceRef = createServiceRef<HealthChecks>({
  id: 'leitstand.health-checks',
  scope: 'root',
  defaultFactory: async service => createServiceFactory({ service, deps: {}, factory: () => new HealthChecks() }),
});
