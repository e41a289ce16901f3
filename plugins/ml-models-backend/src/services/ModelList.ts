import type bigquery from '@google-cloud/bigquery/build/src/types';
import { describeSafely, type Observed } from '@leitstand/plugin-kit-node';
import {
  formatModelRef,
  modelRefSchema,
  type DatasetRef,
  type ModelList as ModelListReply,
  type ModelListQuery,
  type ModelRef,
  type ModelSummary,
} from '@leitstand/plugin-ml-models-common';
import { pagesOf } from '../client/pagesOf';
import { eachLimited } from '../lib/eachLimited';
import { summaryOf } from '../model/readModel';
import { isTemporary } from '../model/temporaryModels';
import type { BigQueryConnections, ReadConnection } from './BigQueryConnections';
import { listDatasets } from './DatasetService';
import type { EntityIndex } from './EntityIndex';
import { freshnessOf, readResource } from './ModelService';

/** How old the list may be, in milliseconds. */
const listAgeMs = 15_000;
/** Requests to one connection at a time. */
const concurrency = 8;

type Summary = Omit<ModelSummary, 'entityRef'>;

/** All models of all connections. A model is read once for each of its versions, whoever asks. */
export class ModelList {
  readonly #options: { connections: BigQueryConnections; entities: EntityIndex };
  /** By connection and model: what was read of which version. */
  readonly #known = new Map<string, { version: string; summary: Summary }>();

  constructor(options: { connections: BigQueryConnections; entities: EntityIndex }) {
    this.#options = options;
  }

  /** Newest change first. A connection that fails is named in `sources`; it does not hide the others. */
  async list(query: ModelListQuery & { limit: number }): Promise<ModelListReply> {
    const entities = await this.#options.entities.read();
    const read = await Promise.all(this.#options.connections.all.map(source => this.#readSource(source)));
    const all = read
      .flatMap(({ summaries }) => summaries)
      .map(summary => ({ ...summary, entityRef: entities.get(formatModelRef(summary.ref))?.entityRef }))
      .sort((a, b) => b.modifiedAt.localeCompare(a.modifiedAt) || keyOf(a.ref).localeCompare(keyOf(b.ref)));
    const matching = all.filter(summary => matches(summary, query));
    const start = query.cursor === undefined ? 0 : matching.findIndex(({ ref }) => keyOf(ref) === query.cursor) + 1;
    const items = matching.slice(start, start + query.limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor: last && start + items.length < matching.length ? keyOf(last.ref) : undefined,
      sources: read.map(({ source }) => source),
      facets: {
        types: [...new Set(all.map(({ type }) => type))].sort(),
        datasets: [...new Map(all.map(({ ref }) => [`${ref.project}.${ref.dataset}`, datasetOf(ref)])).values()],
      },
    };
  }

  /** Every model of one connection, for the catalogue. @throws UpstreamError when they were never read */
  async read(source: ReadConnection): Promise<Observed<Summary[]>> {
    return source.reads.get('models', { maxAgeMs: listAgeMs, read: signal => this.#readAll(source, signal) });
  }

  async #readSource(source: ReadConnection): Promise<{ summaries: Summary[]; source: ModelListReply['sources'][0] }> {
    const { name } = source.connection;
    try {
      const observed = await this.read(source);
      return { summaries: observed.value, source: { connection: name, ...freshnessOf(observed) } };
    } catch (error) {
      const { code = 'UPSTREAM_FAILED', message } = describeSafely(error);
      return { summaries: [], source: { connection: name, staleBecause: { code, message } } };
    }
  }

  async #readAll(source: ReadConnection, signal: AbortSignal): Promise<Summary[]> {
    const datasets = await listDatasets(source, signal);
    const listed = (await eachLimited(datasets, concurrency, ({ ref }) => listModels(source, ref, signal))).flat();
    this.#forgetOthers(source, listed);
    const summaries = await eachLimited(listed, concurrency, ({ ref, version }) =>
      this.#summary(source, { ref, version, signal }),
    );
    return summaries.filter(summary => summary !== undefined);
  }

  /** Models that are gone. */
  #forgetOthers(source: ReadConnection, listed: ReadonlyArray<{ ref: ModelRef }>): void {
    const there = new Set(listed.map(({ ref }) => keyIn(source, ref)));
    const prefix = keyIn(source);
    for (const key of this.#known.keys()) if (key.startsWith(prefix) && !there.has(key)) this.#known.delete(key);
  }

  async #summary(
    source: ReadConnection,
    { ref, version, signal }: { ref: ModelRef; version: string; signal: AbortSignal },
  ): Promise<Summary | undefined> {
    const key = keyIn(source, ref);
    const known = this.#known.get(key);
    if (known?.version === version) return known.summary;
    try {
      const summary = summaryOf(await readResource(source, ref, signal));
      this.#known.set(key, { version, summary });
      return summary;
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') return undefined; // deleted since it was listed
      throw error;
    }
  }
}

async function listModels(
  { connection }: ReadConnection,
  dataset: DatasetRef,
  signal: AbortSignal,
): Promise<Array<{ ref: ModelRef; version: string }>> {
  const models: Array<{ ref: ModelRef; version: string }> = [];
  const request = {
    operation: `list the models of ${dataset.project}.${dataset.dataset}`,
    project: dataset.project,
    path: `/datasets/${encodeURIComponent(dataset.dataset)}/models`,
    signal,
  };
  for await (const page of pagesOf<bigquery.IListModelsResponse>(connection, request)) {
    for (const { modelReference, lastModifiedTime = '' } of page.models ?? []) {
      const parsed = modelRefSchema.safeParse({ ...dataset, model: modelReference?.modelId });
      if (parsed.success && !isTemporary(parsed.data)) models.push({ ref: parsed.data, version: lastModifiedTime });
    }
  }
  return models;
}

function matches(summary: Summary, { search, type, project, dataset }: ModelListQuery): boolean {
  const { ref } = summary;
  const words = search?.toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean) ?? [];
  const text = [formatModelRef(ref), summary.friendlyName, summary.description, summary.label]
    .join(' ')
    .toLocaleLowerCase('en-US');
  return (
    words.every(word => text.includes(word)) &&
    (type === undefined || summary.type === type) &&
    (project === undefined || ref.project === project) &&
    (dataset === undefined || ref.dataset === dataset)
  );
}

function keyIn({ connection }: ReadConnection, ref?: ModelRef): string {
  return `${connection.name} ${ref ? formatModelRef(ref) : ''}`;
}

function datasetOf({ project, dataset }: ModelRef): DatasetRef {
  return { project, dataset };
}

function keyOf(ref: ModelRef): string {
  return formatModelRef(ref);
}
