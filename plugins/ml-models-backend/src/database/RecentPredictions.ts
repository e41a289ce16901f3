import { recentPredictionSchema, type Predictions, type RecentPrediction } from '@leitstand/plugin-ml-models-common';
import type { Knex } from 'knex';

/** How many are kept of each person and model. */
const keptCount = 20;
/** A question with more rows is kept without them: it is asked again from the file it came from. */
const maxRowCount = 50;

interface PredictionRow {
  id: string;
  person: string;
  model: string;
  document: string;
  created_at: string;
}

/** The table `predictions`: each person sees their own. */
export class RecentPredictions {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  async add({ person, model }: { person: string; model: string }, asked: Predictions): Promise<void> {
    if (asked.predictions.length > maxRowCount) return;
    const rows = asked.predictions.map(({ features }) => features);
    const predicted = asked.predictions.map(prediction => prediction.predicted);
    await this.#database<PredictionRow>('predictions').insert({
      id: asked.id,
      person,
      model,
      document: JSON.stringify({ rows, predicted }),
      created_at: asked.createdAt,
    });
  }

  /** Newest first. Older ones are removed here: nobody who predicts waits for that. */
  async list(person: string, model: string): Promise<RecentPrediction[]> {
    const rows = await this.#of(person, model).limit(keptCount);
    const ids = rows.map(({ id }) => id);
    await this.#database<PredictionRow>('predictions').where({ person, model }).whereNotIn('id', ids).delete();
    return rows.map(({ id, document, created_at }) =>
      recentPredictionSchema.parse({ id, createdAt: created_at, ...(JSON.parse(document) as object) }),
    );
  }

  #of(person: string, model: string) {
    return this.#database<PredictionRow>('predictions').where({ person, model }).orderBy('created_at', 'desc');
  }
}
