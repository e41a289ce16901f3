import { createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import { withinTime } from './withinTime';

/** `degraded`: it works with older or fewer things. */
export type AreaState = 'up' | 'degraded' | 'down';

/**
 * Why an area is not up. Closed list; each has a row in `docs/observability.md`. Whoever can reach the port reads it, so it
 * names nobody.
 */
export const areaReasons = [
  'check-failed',
  'check-timed-out',
  'closing',
  'leases-not-renewed',
  'queue-not-read',
  'read-only',
  'upstreams-failing',
] as const;

/** One of {@link areaReasons}. */
export type AreaReason = (typeof areaReasons)[number];

/** What a check found. */
export interface AreaFinding {
  state: AreaState;
  /** Only of an area that is not up. */
  reason?: AreaReason;
  /** Of an area that stands on several systems: how many there are, and of how many the last word was a failure. */
  systems?: { count: number; failingCount: number };
}

/** How one area says whether it is well. */
export interface HealthCheck {
  area: string;
  /** Whether the process cannot serve anybody while it is down. Default: false. */
  isRequired?: boolean;
  /**
   * Says what is known already: anybody may ask, every second, so it asks no other system. Failing is `down`, and so is taking
   * longer than two seconds; it is not called again before it has ended.
   */
  check(): Promise<AreaFinding>;
}

/** What was found of one area. Everybody may read it: no names of systems. */
export interface AreaHealth extends AreaFinding {
  area: string;
  isRequired: boolean;
  /** ISO 8601: since when this process has found this state for this reason. */
  since: string;
}

/** Up, or degraded while one of several systems fails. */
export function findingOfSystems(systems: { count: number; failingCount: number }): AreaFinding {
  return systems.failingCount === 0
    ? { state: 'up', systems }
    : { state: 'degraded', reason: 'upstreams-failing', systems };
}

const timeLimitMs = 2_000;
const tooLate: AreaFinding = { state: 'down', reason: 'check-timed-out' };
/** Probes of several proxies share one look. */
const maxAgeMs = 1_000;

/** The checks of all areas of this process. */
export class HealthChecks {
  readonly #areas: WatchedArea[] = [];
  #latest: { at: number; report: Promise<AreaHealth[]> } | undefined;

  add(check: HealthCheck): void {
    this.#areas.push(new WatchedArea(check));
    this.#areas.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Every area by name, at most a second old. */
  report(): Promise<AreaHealth[]> {
    if (!this.#latest || Date.now() - this.#latest.at > maxAgeMs) {
      this.#latest = { at: Date.now(), report: Promise.all(this.#areas.map(area => area.look())) };
    }
    return this.#latest.report;
  }
}

/** One area, with what was found of it last. */
class WatchedArea {
  readonly #check: HealthCheck;
  #checking: Promise<AreaFinding> | undefined;
  #last: AreaHealth | undefined;

  constructor(check: HealthCheck) {
    this.#check = check;
  }

  get name(): string {
    return this.#check.area;
  }

  async look(): Promise<AreaHealth> {
    const { area, isRequired = false, check } = this.#check;
    this.#checking ??= check()
      .catch((): AreaFinding => ({ state: 'down', reason: 'check-failed' }))
      .finally(() => {
        this.#checking = undefined;
      });
    const finding = await withinTime(this.#checking, { ms: timeLimitMs, otherwise: tooLate });
    const isSame = finding.state === this.#last?.state && finding.reason === this.#last.reason;
    const since = isSame && this.#last ? this.#last.since : new Date().toISOString();
    this.#last = { area, isRequired, since, ...finding };
    return this.#last;
  }
}

/** One per backend process. */
export const healthChecksServiceRef = createServiceRef<HealthChecks>({
  id: 'leitstand.health-checks',
  scope: 'root',
  defaultFactory: async service => createServiceFactory({ service, deps: {}, factory: () => new HealthChecks() }),
});
