import type { Knex } from 'knex';

/** Columns with their values, or with SQL that the database evaluates. */
export type Columns = Readonly<Record<string, string | number | null | Knex.Raw>>;

/** One statement that writes to one table, as data: it can stand alone, or be a part of a larger statement. */
export type Write =
  Insertion | { table: string; where: Columns; update: Columns } | { table: string; where: Columns; isDelete: true };

interface Insertion {
  table: string;
  insert: Columns;
  /** Where there is a row with the same keys. Default: it is an error. */
  onConflict?: { keys: string[]; update: Columns };
}

/**
 * The statement of a write.
 *
 * @param given - another part of the same statement (PostgreSQL only): nothing is written unless that has a row
 */
export function statementOf(database: Knex, write: Write, given?: string): Knex.QueryBuilder {
  if ('insert' in write) return insertionOf(database, write, given);
  const query = database(write.table).where(write.where);
  if (given !== undefined) void query.whereExists(database.select(database.raw('1')).from(given));
  return 'update' in write ? query.update(write.update) : query.delete();
}

function insertionOf(database: Knex, write: Insertion, given?: string): Knex.QueryBuilder {
  const { table, insert, onConflict } = write;
  const insertion = given === undefined ? database(table).insert(insert) : insertionFrom(database, write, given);
  return onConflict ? insertion.onConflict(onConflict.keys).merge(onConflict.update) : insertion;
}

function insertionFrom(database: Knex, { table, insert }: Insertion, given: string): Knex.QueryBuilder {
  const columns = Object.keys(insert);
  const names = columns.map(() => '??').join(', ');
  const values = Object.values(insert).map(value => database.raw('?', [value]));
  return database(database.raw(`?? (${names})`, [table, ...columns])).insert(database.select(values).from(given));
}
