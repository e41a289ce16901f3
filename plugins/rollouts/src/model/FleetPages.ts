import type { WorkloadList, WorkloadSummary } from '@leitstand/plugin-rollouts-common';
import type { RolloutsApi } from '../api';
import type { FleetFilter } from './fleetFilter';

/** Rows of the first page: enough for a screen, and soon there. */
const firstPageSize = 100;
/** Rows of every other page: what the route gives at most. */
const pageSize = 500;

/** The workloads that fit one filter, page by page. Loading again loads all pages that were wanted until then. */
export class FleetPages {
  readonly #rollouts: Pick<RolloutsApi, 'listWorkloads'>;
  readonly #filter: FleetFilter;
  #wantedCount = 1;
  #loadedCount = 0;

  constructor(rollouts: Pick<RolloutsApi, 'listWorkloads'>, filter: FleetFilter) {
    this.#rollouts = rollouts;
    this.#filter = filter;
  }

  /** Wants one page more than was loaded; false where it is wanted already. */
  wantMore(): boolean {
    if (this.#wantedCount > this.#loadedCount) return false;
    this.#wantedCount = this.#loadedCount + 1;
    return true;
  }

  /**
   * All rows of the wanted pages, with the counts of the first.
   *
   * @throws ResponseError
   */
  readonly load = async (signal: AbortSignal): Promise<WorkloadList> => {
    const { isProblemsOnly, ...filter } = this.#filter;
    const query = { ...filter, show: isProblemsOnly ? ('problems' as const) : ('all' as const) };
    const first = await this.#rollouts.listWorkloads({ ...query, limit: firstPageSize }, { signal });
    // By key: while the pages are read a row may move from one to the next.
    const rows = new Map(first.items.map(row => [workloadKey(row), row]));
    let { nextCursor } = first;
    let loadedCount = 1;
    while (nextCursor !== undefined && loadedCount < this.#wantedCount) {
      const page = await this.#rollouts.listWorkloads({ ...query, limit: pageSize, cursor: nextCursor }, { signal });
      page.items.forEach(row => rows.set(workloadKey(row), row));
      nextCursor = page.nextCursor;
      loadedCount += 1;
    }
    this.#loadedCount = loadedCount;
    return { ...first, items: [...rows.values()], nextCursor };
  };
}

/** Tells one workload from all others. */
export function workloadKey(workload: Pick<WorkloadSummary, 'cluster' | 'namespace' | 'kind' | 'name'>): string {
  return [workload.cluster, workload.namespace, workload.kind, workload.name].join('/');
}
