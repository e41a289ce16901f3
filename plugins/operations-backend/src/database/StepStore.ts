import type { RunStep } from '@leitstand/plugin-operations-common';
import type { JsonValue } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';

/** A row of `run_steps`. */
export interface StepRow {
  run_id: string;
  key: string;
  position: number;
  title: string;
  state: string;
  progress: string | null;
  output: string | null;
  started_at: string;
  finished_at: string | null;
}

/** What is on record of a step. */
export interface RecordedStep {
  state: 'started' | 'done' | 'failed';
  /** Undefined where the step has none, or none was recorded. */
  output: JsonValue | undefined;
}

/** Names one step. */
export interface StepId {
  runId: string;
  key: string;
}

/** The table `run_steps`: *started* before anything is changed, *done* with its output after. */
export class StepStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** By key. */
  async findAll(runId: string): Promise<Map<string, RecordedStep>> {
    const rows = await this.#database<StepRow>('run_steps').where({ run_id: runId });
    return new Map(
      rows.map(row => [
        row.key,
        {
          state: row.state as RecordedStep['state'],
          output: row.output === null ? undefined : (JSON.parse(row.output) as JsonValue),
        },
      ]),
    );
  }

  /** Records that a step is about to change things; a step that is on record is started again. */
  async start(id: StepId, step: { title: string; position: number }): Promise<void> {
    const started = { state: 'started', started_at: new Date().toISOString() };
    await this.#database<StepRow>('run_steps')
      .insert({ run_id: id.runId, key: id.key, ...step, ...started })
      .onConflict(['run_id', 'key'])
      .merge({ ...started, progress: null, finished_at: null });
  }

  async setProgress(id: StepId, progress: string): Promise<void> {
    await this.#database<StepRow>('run_steps').where({ run_id: id.runId, key: id.key }).update({ progress });
  }

  async finish(id: StepId, step: RecordedStep): Promise<void> {
    await this.#database<StepRow>('run_steps')
      .where({ run_id: id.runId, key: id.key })
      .update({
        state: step.state,
        output: step.output === undefined ? null : JSON.stringify(step.output),
        finished_at: new Date().toISOString(),
      });
  }
}

/** As the API shows them; outputs stay inside. */
export function rowsToSteps(rows: StepRow[]): RunStep[] {
  return rows.map(row => ({
    key: row.key,
    title: row.title,
    state: row.state as RunStep['state'],
    progress: row.progress ?? undefined,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
  }));
}
