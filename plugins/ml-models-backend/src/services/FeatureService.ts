import {
  formatModelRef,
  type Features,
  type FeatureStatistics,
  type ModelRef,
} from '@leitstand/plugin-ml-models-common';
import { quoteModel } from '../client/identifiers';
import type { ResultValue } from '../client/readRows';
import type { BigQueryConnections } from './BigQueryConnections';
import { freshnessOf, type ModelService } from './ModelService';
import type { QueryService } from './QueryService';

/** Most categories of a feature that are shown. */
const maxCategoryCount = 100;
/** How long the answer for one version of a model is remembered, in milliseconds: it never changes. */
const rememberedMs = 24 * 60 * 60_000;
const interceptName = '__INTERCEPT__';

type Row = Record<string, ResultValue>;

/** What the columns of a model hold and weigh: two queries for each training of it, whoever asks. */
export class FeatureService {
  readonly #options: { connections: BigQueryConnections; models: ModelService; queries: QueryService };

  constructor(options: { connections: BigQueryConnections; models: ModelService; queries: QueryService }) {
    this.#options = options;
  }

  /** @throws NotFoundError with code `MODEL_NOT_FOUND` or `PROJECT_NOT_CONNECTED`; UpstreamError */
  async get(ref: ModelRef): Promise<Features> {
    const { connections, models, queries } = this.#options;
    const { value: model } = await models.read(ref);
    const source = connections.ofProject(ref.project);
    const name = formatModelRef(ref);
    const observed = await source.reads.get(`features ${name} ${model.modifiedAt}`, {
      maxAgeMs: rememberedMs,
      read: async signal => {
        const ask = (table: string) =>
          queries.run(
            source,
            { sql: `SELECT * FROM ML.${table}(MODEL ${quoteModel(ref)})` },
            { operation: `read the features of ${name}`, signal },
          );
        const [info, weights] = await Promise.all([
          ask('FEATURE_INFO'),
          model.isKnownType ? ask('WEIGHTS') : undefined,
        ]);
        return { info: info.rows, weights: weights?.rows ?? [] };
      },
    });
    const { info, weights } = observed.value;
    const intercept = weights.find(row => row.processed_input === interceptName)?.weight;
    return {
      features: model.features.map(({ name: feature, type }) => ({
        name: feature,
        type,
        ...statisticsOf(info.find(row => row.input === feature)),
        ...weightsOf(weights.filter(row => row.processed_input === feature)),
      })),
      intercept: typeof intercept === 'number' ? intercept : undefined,
      freshness: freshnessOf(observed),
    };
  }
}

function statisticsOf(row: Row = {}): Partial<FeatureStatistics> {
  const numberOf = (column: string) => (typeof row[column] === 'number' ? row[column] : undefined);
  return {
    min: numberOf('min'),
    max: numberOf('max'),
    mean: numberOf('mean'),
    median: numberOf('median'),
    stddev: numberOf('stddev'),
    categoryCount: numberOf('category_count'),
    nullCount: numberOf('null_count'),
  };
}

/** Categories come from their weights: a statistic of the model only counts them. */
function weightsOf(rows: Row[]): Pick<FeatureStatistics, 'categories' | 'weights'> {
  const weights = rows.flatMap((row): FeatureStatistics['weights'] => {
    const categories = (row.category_weights ?? []) as Row[];
    if (categories.length === 0) return typeof row.weight === 'number' ? [{ weight: row.weight }] : [];
    return categories.map(({ category, weight }) => ({ category: String(category), weight: Number(weight) }));
  });
  const categories = weights.flatMap(({ category }) => (category === undefined ? [] : [category]));
  return {
    weights: weights.slice(0, maxCategoryCount),
    categories: [...new Set(categories)].sort().slice(0, maxCategoryCount),
  };
}
