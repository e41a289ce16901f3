import type { RunStep } from '@leitstand/plugin-operations-common';
import type { JsonValue } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { toJson } from './runRow';
import { storableText } from './storableText';
import type { Write } from './Write';

/** A row of `run_steps`. */
export interface StepRow {
  run_id: string;
  key: string;
  position: number;
  title: string;
  kind: string;
  state: string;
  progress: string | null;
  output: string | null;
  started_at: string;
  finished_at: string | null;
}

/** What is on record of a step. */
export interface RecordedStep {
  title: string;
  kind: RunStep['kind'];
  state: RunStep['state'];
  /** Undefined where the step has none, or none was recorded. */
  output: JsonValue | undefined;
  startedAt: Date;
}

/** How a step begins. */
export interface StepStart {
  key: string;
  title: string;
  kind: RunStep['kind'];
  /** From 1. */
  position: number;
  state: 'started' | 'waiting';
}

/** How a step ended. */
export interface StepEnd {
  key: string;
  state: 'done' | 'failed';
  output?: JsonValue;
}

/**
 * The table `run_steps`: *started* before anything is changed, *done* with its output after. It is written together with the
 * run, by whoever holds that.
 */
export class StepStore {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** By key, in order. */
  async findAll(runId: string): Promise<Map<string, RecordedStep>> {
    const rows = await this.#database<StepRow>('run_steps').where({ run_id: runId }).orderBy('position');
    return new Map(
      rows.map(row => [
        row.key,
        {
          title: row.title,
          kind: row.kind as RecordedStep['kind'],
          state: row.state as RecordedStep['state'],
          output: row.output === null ? undefined : (JSON.parse(row.output) as JsonValue),
          startedAt: new Date(row.started_at),
        },
      ]),
    );
  }
}

/** What the column of titles takes, in characters. */
const maxTitleLength = 255;

/** A step that is on record is started again. */
export function startOfStep(runId: string, step: StepStart): Write {
  const started = { state: step.state, started_at: new Date().toISOString() };
  return {
    table: 'run_steps',
    insert: { run_id: runId, ...step, title: storableText(step.title, maxTitleLength), ...started },
    onConflict: { keys: ['run_id', 'key'], update: { ...started, progress: null, finished_at: null } },
  };
}

/** The newest word of a step on how far it is. */
export function progressOfStep(runId: string, key: string, progress: string): Write {
  return { table: 'run_steps', where: { run_id: runId, key }, update: { progress: storableText(progress) } };
}

/** A step is done, or failed. */
export function endOfStep(runId: string, { key, state, output }: StepEnd): Write {
  const finished = { output: toJson(output), finished_at: new Date().toISOString() };
  return { table: 'run_steps', where: { run_id: runId, key }, update: { state, ...finished } };
}

/** As the API shows them; outputs stay inside. */
export function rowsToSteps(rows: StepRow[]): RunStep[] {
  return rows.map(row => ({
    key: row.key,
    title: row.title,
    kind: row.kind as RunStep['kind'],
    state: row.state as RunStep['state'],
    progress: row.progress ?? undefined,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
  }));
}
