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
    // Whoever only predicts never lists: one in sixteen waits for what a list does.
    if (asked.id.startsWith('0')) await this.#newest(person, model);
  }

  /** Newest first. */
  async list(person: string, model: string): Promise<RecentPrediction[]> {
    const rows = await this.#newest(person, model);
    return rows.map(({ id, document, created_at }) =>
      recentPredictionSchema.parse({ id, createdAt: created_at, ...(JSON.parse(document) as object) }),
    );
  }

  /** Those that are kept; older ones are removed. */
  async #newest(person: string, model: string): Promise<PredictionRow[]> {
    const own = () => this.#database<PredictionRow>('predictions').where({ person, model });
    const rows = await own().orderBy('created_at', 'desc').limit(keptCount);
    const last = rows[keptCount - 1];
    // By time, so that one which has just come stays.
    if (last) await own().where('created_at', '<', last.created_at).delete();
    return rows;
  }
}
