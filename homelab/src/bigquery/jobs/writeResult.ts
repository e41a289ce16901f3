import { BigQueryError, type Field, type Relation, type ResourceName } from '../model';
import { idOf, notFound } from '../storage/resources';
import { rowOf } from '../storage/TableRows';
import type { Warehouse } from './Warehouse';

/** Where rows go, and what happens to what is there (`createDisposition`, `writeDisposition`). */
export interface WriteTarget {
  table: ResourceName;
  relation: Relation;
  createDisposition?: string;
  writeDisposition: string;
}

function incompatible(table: ResourceName, field: Field): BigQueryError {
  const message = `Provided Schema does not match Table ${idOf(table)}. Cannot add fields (field: ${field.name})`;
  return new BigQueryError(message, { reason: 'invalid' });
}

/** Writes rows into a table, which is made when it is not there. @throws BigQueryError */
export async function writeResult(warehouse: Warehouse, target: WriteTarget): Promise<void> {
  const { catalog, rows } = warehouse;
  const { table, relation, createDisposition = 'CREATE_IF_NEEDED', writeDisposition } = target;
  catalog.dataset(table);
  const existing = catalog.findTable(table);
  if (!existing) {
    if (createDisposition === 'CREATE_NEVER') throw notFound('Table', idOf(table));
    await catalog.createTable(table, relation.fields);
    await rows.append(table, relation);
    return;
  }
  if (writeDisposition === 'WRITE_EMPTY' && (await rows.count(table)) > 0) {
    throw new BigQueryError(`Already Exists: Table ${idOf(table)}`, { status: 409, reason: 'duplicate' });
  }
  if (writeDisposition === 'WRITE_TRUNCATE') {
    // Settings such as labels outlive a truncation, as with BigQuery.
    const { settings } = existing;
    await catalog.createTable(table, relation.fields, { mode: 'replace', input: { ...settings } });
    await rows.append(table, relation);
    return;
  }
  const extra = relation.fields.find(
    field => !existing.fields.some(({ name }) => name.toLowerCase() === field.name.toLowerCase()),
  );
  if (extra) throw incompatible(table, extra);
  const names = relation.fields.map(
    field => existing.fields.find(({ name }) => name.toLowerCase() === field.name.toLowerCase())?.name ?? '',
  );
  const records = relation.rows.map(row => Object.fromEntries(row.map((value, index) => [names[index], value])));
  await rows.append(table, { fields: existing.fields, rows: records.map(record => rowOf(existing.fields, record)) });
  await catalog.touchTable(table);
}
