import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CatalogTeller,
  StatusTeller,
  type EntityLookup,
  type EntitySession,
  type ProviderStatusStore,
} from '@leitstand/plugin-discovery-node';
import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import { describeSafely } from '@leitstand/plugin-kit-node';
import type { Ownership } from '@leitstand/plugin-operations-node';
import { setTimeout as delay } from 'node:timers/promises';
import type { BigQueryConnections, ReadConnection } from '../services/BigQueryConnections';
import type { DatasetService } from '../services/DatasetService';
import type { ModelList } from '../services/ModelList';
import { datasetEntity, modelEntity, ownerRefsOf, type DiscoveredEntity } from './modelEntities';

/** What a session stands on. */
export interface DiscoverySessionOptions {
  session: EntitySession;
  connections: BigQueryConnections;
  datasets: DatasetService;
  modelList: ModelList;
  ownership: Ownership;
  lookup: EntityLookup;
  statuses: ProviderStatusStore;
  logger: LoggerService;
  frequencySeconds: number;
}

/** Name of the provider in the catalogue, and of its lease. */
export const modelProviderName = 'ml-models-bigquery';

/** What one connection has; what was last known where it cannot be read. */
interface Discovered {
  entities: DiscoveredEntity[];
  status: ProviderStatus;
}

/** Tells the catalogue which datasets and models there are, as long as this process is the one that may. */
export class DiscoverySession {
  readonly #options: DiscoverySessionOptions;
  readonly #catalog: CatalogTeller;
  readonly #status: StatusTeller;
  /** By connection. */
  readonly #last = new Map<string, Discovered>();

  constructor(options: DiscoverySessionOptions) {
    this.#options = options;
    this.#catalog = new CatalogTeller(options.session);
    this.#status = new StatusTeller(options.statuses);
  }

  /** Goes on until the session's signal aborts, which is no error. @throws the catalogue's error */
  async follow(): Promise<void> {
    const { session, frequencySeconds } = this.#options;
    while (!session.signal.aborted) {
      await this.#tell();
      await delay(frequencySeconds * 1000, undefined, { signal: session.signal }).catch(() => {});
    }
  }

  async #tell(): Promise<void> {
    const { connections, session } = this.#options;
    const discovered = await Promise.all(connections.all.map(source => this.#discover(source)));
    const entities = discovered.flatMap(each => each.entities.map(({ entity }) => entity));
    const isComplete = discovered.every(({ status }) => status.lastCompleteAt !== undefined);
    await this.#catalog.tell(entities, isComplete);
    const statuses = discovered.map(({ status }) => status);
    await this.#status.tell(session.held, statuses);
  }

  async #discover(source: ReadConnection): Promise<Discovered> {
    const { datasets, modelList, logger } = this.#options;
    const { name } = source.connection;
    const last = this.#last.get(name);
    try {
      const [readDatasets, readModels] = await Promise.all([datasets.read(source), modelList.read(source)]);
      const stale = readDatasets.staleBecause ?? readModels.staleBecause;
      const entities = await this.#entitiesOf(readDatasets.value, readModels.value);
      if (last?.status.error && !stale) logger.info(`BigQuery (${name}) is read again.`);
      const completeAt = readModels.observedAt.toISOString();
      const discovered = { entities, status: statusOf(name, entities, { completeAt, error: stale }) };
      this.#last.set(name, discovered);
      return discovered;
    } catch (thrown) {
      const error = describeSafely(thrown);
      if (last?.status.error?.message !== error.message) {
        logger.warn(`The catalogue keeps the last known models. ${error.message}`);
      }
      const completeAt = last?.status.lastCompleteAt;
      const entities = last?.entities ?? [];
      const discovered = { entities, status: statusOf(name, entities, { completeAt, error }) };
      this.#last.set(name, discovered);
      return discovered;
    }
  }

  async #entitiesOf(
    datasets: Parameters<typeof datasetEntity>[0][],
    models: Parameters<typeof modelEntity>[0][],
  ): Promise<DiscoveredEntity[]> {
    const { ownership, lookup } = this.#options;
    await lookup.ask(
      ownerRefsOf(
        datasets.map(({ ref }) => ref),
        ownership,
      ),
    );
    const surroundings = { ownership, lookup };
    return [
      ...datasets.map(dataset => datasetEntity(dataset, surroundings)),
      ...models.map(model => modelEntity(model, surroundings)),
    ];
  }
}

function statusOf(
  source: string,
  entities: DiscoveredEntity[],
  run: { completeAt: string | undefined; error: { code?: string; message: string } | undefined },
): ProviderStatus {
  const { completeAt, error } = run;
  return {
    provider: modelProviderName,
    source,
    state: error ? (completeAt === undefined ? 'never' : 'incomplete') : 'complete',
    lastRunAt: new Date().toISOString(),
    lastCompleteAt: completeAt,
    entityCount: entities.length,
    error: error && { code: error.code, message: error.message },
    leftOut: [],
    notes: entities.flatMap(({ notes }) => notes).slice(0, 100),
  };
}
