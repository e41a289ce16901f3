import { runSchema, type Freeze, type Run } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { z } from 'zod/v3';
import type { FreezePlace, FreezeService } from '../governance/FreezeService';
import { rowToRun, type RunDetails, type RunRow } from './runRow';
import { rowsToSteps, type StepRow } from './StepStore';

/** Reads runs with all that the API shows of them. */
export class RunReader {
  readonly #database: Knex;
  readonly #freezes: Pick<FreezeService, 'activeFor'>;

  constructor(options: { database: Knex; freezes: Pick<FreezeService, 'activeFor'> }) {
    this.#database = options.database;
    this.#freezes = options.freezes;
  }

  async find(id: string): Promise<Run | undefined> {
    return this.#findWhere({ id });
  }

  /** A run without what its row does not say, and the owners that were confirmed when it was planned. */
  async findWithOwners(id: string): Promise<{ run: Omit<Run, keyof RunDetails>; owners: string[] } | undefined> {
    const row = await this.#database<RunRow>('runs')
      .join('plans', 'plans.id', 'runs.plan_id')
      .where('runs.id', id)
      .first<RunRow & { confirmed_owners: string }>('runs.*', 'plans.confirmed_owners');
    if (!row) return undefined;
    const owners = z.array(z.string()).parse(JSON.parse(row.confirmed_owners));
    return { run: rowToRun(row, { steps: [], heldBy: [] }), owners };
  }

  async findByIdempotencyKey(requester: string, idempotencyKey: string): Promise<Run | undefined> {
    return this.#findWhere({ requester, idempotency_key: idempotencyKey });
  }

  /** How often each of these runs has changed; by id. */
  async versionsOf(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#database<RunRow>('runs').whereIn('id', ids).select('id', 'version');
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  /** Completes rows, in their order: four queries at most, however many rows there are. */
  async complete(rows: readonly RunRow[]): Promise<Run[]> {
    if (rows.length === 0) return [];
    const [steps, waitsFor, undoneBy] = await Promise.all([
      this.#stepsOf(rows.filter(({ started_at: startedAt }) => startedAt !== null)),
      this.#lockHoldersOf(rows.filter(({ state }) => state === 'queued')),
      this.#undoersOf(rows.filter(({ finished_at: finishedAt }) => finishedAt !== null)),
    ]);
    return Promise.all(
      rows.map(async row => {
        const holder = waitsFor.get(row.target_key);
        return rowToRun(row, {
          steps: rowsToSteps(steps.filter(step => step.run_id === row.id)),
          heldBy: row.state === 'held' ? await this.#freezes.activeFor(placeOf(row)) : ([] satisfies Freeze[]),
          waitsFor: row.state === 'queued' && holder !== row.id ? holder : undefined,
          undoneBy: undoneBy.get(row.id),
        });
      }),
    );
  }

  async #findWhere(where: Partial<RunRow>): Promise<Run | undefined> {
    const row = await this.#database<RunRow>('runs').where(where).first();
    return row && (await this.complete([row]))[0];
  }

  async #stepsOf(rows: readonly RunRow[]): Promise<StepRow[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    return this.#database<StepRow>('run_steps').whereIn('run_id', ids).orderBy('position');
  }

  async #lockHoldersOf(rows: readonly RunRow[]): Promise<Map<string, string>> {
    if (rows.length === 0) return new Map();
    const keys = rows.map(row => row.target_key);
    const locks = await this.#database<{ target_key: string; run_id: string }>('target_locks').whereIn(
      'target_key',
      keys,
    );
    return new Map(locks.map(lock => [lock.target_key, lock.run_id]));
  }

  /** The newest undoing run wins. */
  async #undoersOf(rows: readonly RunRow[]): Promise<Map<string, string>> {
    if (rows.length === 0) return new Map();
    const ids = rows.map(({ id }) => id);
    const undoers = await this.#database<RunRow>('runs')
      .whereIn('undoes', ids)
      .orderBy('created_at')
      .select('id', 'undoes');
    return new Map(undoers.map(({ id, undoes }) => [undoes ?? '', id]));
  }
}

/** Where a run changes something, for the question whether that is frozen. */
export function placeOf(row: Pick<RunRow, 'document' | 'entity_ref' | 'environment'>): FreezePlace {
  const { target, alsoKnownAs } = runSchema
    .pick({ target: true, alsoKnownAs: true })
    .parse(JSON.parse(row.document) as object);
  return { target, alsoKnownAs, entityRef: row.entity_ref, environment: row.environment ?? undefined };
}
