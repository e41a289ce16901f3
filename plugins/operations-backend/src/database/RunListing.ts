import type { Run, RunFilter, RunList } from '@leitstand/plugin-operations-common';
import type { Knex } from 'knex';
import { decodeCursor, encodeCursor } from './cursor';
import type { RunReader } from './RunReader';
import type { RunRow } from './runRow';

/** Runs that one query of an export reads. */
const exportPageSize = 200;

/** Lists of runs. */
export class RunListing {
  readonly #database: Knex;
  readonly #reader: RunReader;

  constructor(options: { database: Knex; reader: RunReader }) {
    this.#database = options.database;
    this.#reader = options.reader;
  }

  /**
   * One page, newest first.
   *
   * @throws InputError when the cursor is not one of ours
   */
  async list(query: RunFilter & { cursor?: string; limit: number }): Promise<RunList> {
    const { cursor, limit, ...filter } = query;
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const rows = await this.#page(filter, { after, direction: 'desc' }).limit(limit + 1);
    const items = await this.#reader.complete(rows.slice(0, limit));
    const last = items.at(-1);
    return { items, ...(rows.length > limit && last ? { nextCursor: encodeCursor(last) } : {}) };
  }

  /** Everything that fits, oldest first, in pages that are read as they are asked for. */
  async *pages(filter: RunFilter): AsyncGenerator<Run[]> {
    let after: Position | undefined;
    for (;;) {
      const rows = await this.#page(filter, { after, direction: 'asc' }).limit(exportPageSize);
      if (rows.length > 0) yield await this.#reader.complete(rows);
      const last = rows.at(-1);
      if (!last || rows.length < exportPageSize) return;
      after = { createdAt: last.created_at, id: last.id };
    }
  }

  #page(filter: RunFilter, { after, direction }: { after?: Position; direction: 'asc' | 'desc' }) {
    const query = this.#database<RunRow>('runs').orderBy([
      { column: 'created_at', order: direction },
      { column: 'id', order: direction },
    ]);
    const { entityRef, requester, operation, environment, state, taskId, from, to } = filter;
    const wanted = { entity_ref: entityRef, requester, operation, environment, state, task_id: taskId };
    for (const [column, value] of Object.entries(wanted)) {
      if (value !== undefined) query.where(column, value);
    }
    if (from !== undefined) query.where('created_at', '>=', new Date(from).toISOString());
    if (to !== undefined) query.where('created_at', '<', new Date(to).toISOString());
    if (after) {
      const beyond = direction === 'asc' ? '>' : '<';
      query.where('created_at', `${beyond}=`, after.createdAt);
      query.where(other => {
        void other.whereNot({ created_at: after.createdAt }).orWhere('id', beyond, after.id);
      });
    }
    return query;
  }
}

/** Where a page ended. */
interface Position {
  createdAt: string;
  id: string;
}
