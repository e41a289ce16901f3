import type { KnownProcess, PortalHealth, RunCarrier, ThisProcess } from '@leitstand/plugin-connections-common';
import type { PortalAccounts } from '@leitstand/plugin-connections-node';
import type { ProviderStatusReader } from '@leitstand/plugin-discovery-node';
import type { ProviderList } from '@leitstand/plugin-kit-common';
import {
  readRecentFigures,
  SharedReads,
  withinTime,
  type HealthChecks,
  type PortalProcess,
} from '@leitstand/plugin-kit-node';
import type { EventLoopWatch } from './EventLoopWatch';

/** What the service stands on. */
export interface PortalHealthOptions {
  accounts: Pick<PortalAccounts, 'read'>;
  checks: Pick<HealthChecks, 'report'>;
  eventLoop: Pick<EventLoopWatch, 'slots'>;
  process: PortalProcess;
  statuses: ProviderStatusReader;
}

/** The pages of many people share one look. */
const maxAgeMs = 5_000;
/** For what the catalogue's database says of its sources. */
const timeLimitMs = 2_000;

/** Puts together how the portal itself is. It asks no other system but the database. */
export class PortalHealthService {
  readonly #options: PortalHealthOptions;
  readonly #reads = new SharedReads();

  constructor(options: PortalHealthOptions) {
    this.#options = options;
  }

  /** At most five seconds old. Whatever cannot be found out is empty, and named in `unknown`. */
  async read(): Promise<PortalHealth> {
    return (await this.#reads.get('health', { maxAgeMs, read: () => this.#look() })).value;
  }

  close(): void {
    this.#reads.close();
  }

  async #look(): Promise<PortalHealth> {
    const { accounts, checks, process: self } = this.#options;
    const [areas, { parts, unknown }, list] = await Promise.all([
      checks.report(),
      accounts.read(),
      this.#listSources(),
    ]);
    const { runCarriers, ...told } = parts;
    return {
      ...told,
      observedAt: new Date().toISOString(),
      areas,
      process: this.#describeProcess(),
      processes: processesOf(self.name, runCarriers, list?.writers ?? []),
      sources: (list?.items ?? []).map(({ provider, source, error, lastCompleteAt }) => ({
        ...{ provider, source, isFailing: error !== undefined, lastCompleteAt },
      })),
      unknown: [...unknown, ...(list ? [] : ['sources'])],
    };
  }

  #describeProcess(): ThisProcess {
    const { eventLoop, process: self } = this.#options;
    return {
      name: self.name,
      version: self.version,
      nodeVersion: process.version,
      startedAt: self.startedAt.toISOString(),
      ...readRecentFigures(),
      eventLoop: [...eventLoop.slots],
    };
  }

  /** Undefined where the database does not say in time. */
  #listSources(): Promise<ProviderList | undefined> {
    const list = this.#options.statuses.list().catch(() => undefined); // the area catalog-sources says why
    return withinTime(list, { ms: timeLimitMs, otherwise: undefined });
  }
}

/** Who holds something now, and the process that answers. */
function processesOf(self: string, carriers: RunCarrier[], writers: ProviderList['writers']): KnownProcess[] {
  const others = new Set([...carriers, ...writers].map(({ process: name }) => name));
  others.delete(self);
  return [self, ...[...others].sort()].map(name => ({
    name,
    runCount: carriers.find(carrier => carrier.process === name)?.runCount ?? 0,
    writes: writers.filter(writer => writer.process === name).map(({ provider }) => provider),
  }));
}
