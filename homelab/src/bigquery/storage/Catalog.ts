import type { Clock } from '../../core';
import { BigQueryError, type DatasetName, type Field, type ResourceName } from '../model';
import { duckDbName } from '../sql';
import { duckDbType, quote } from './columnTypes';
import type { Database } from './Database';
import { Documents, prepareDocuments } from './Documents';
import {
  alreadyExists,
  changeSettings,
  idOf,
  notFound,
  type DatasetResource,
  type ModelResource,
  type TableResource,
} from './resources';

/** What `create` does when the thing is there already. */
export type CreateMode = 'create' | 'replace' | 'if-not-exists';

function isIn(dataset: DatasetName, { name }: { name: ResourceName }): boolean {
  return name.project === dataset.project && name.dataset === dataset.dataset;
}

function checkName(name: string, kind: string): void {
  const isValid =
    kind === 'dataset' ? /^\w{1,1024}$/.test(name) : /^[\p{L}\p{M}\p{N}\p{Pc}\p{Pd}\p{Zs}]{1,1024}$/u.test(name);
  if (isValid) return;
  throw new BigQueryError(`Invalid ${kind} ID "${name}".`, { reason: 'invalid' });
}

/** DuckDB tells names apart without regard to case, BigQuery with: two that differ in it alone are refused. */
function checkCase(name: string, others: string[]): void {
  const similar = others.find(other => other !== name && other.toLowerCase() === name.toLowerCase());
  if (similar === undefined) return;
  const message = `The homelab does not model "${name}" beside "${similar}", which differs in case alone`;
  throw new BigQueryError(message, { status: 501, reason: 'notImplemented' });
}

/** DuckDB's schema of a dataset. */
function schemaName(dataset: DatasetName): string {
  return duckDbName({ ...dataset, name: 'x' }).replace(/\."?x"?$/, '');
}

/** Datasets, tables and models: what there is, without the rows. Everything outlives a restart with a file. */
export class Catalog {
  private readonly datasets: Documents<DatasetResource>;
  private readonly tables: Documents<TableResource>;
  private readonly models: Documents<ModelResource>;

  private constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    documents: {
      datasets: Documents<DatasetResource>;
      tables: Documents<TableResource>;
      models: Documents<ModelResource>;
    },
  ) {
    this.datasets = documents.datasets;
    this.tables = documents.tables;
    this.models = documents.models;
  }

  static async open(database: Database, clock: Clock): Promise<Catalog> {
    await prepareDocuments(database);
    const datasets = await Documents.open<DatasetResource>(database, 'datasets');
    const tables = await Documents.open<TableResource>(database, 'tables');
    const models = await Documents.open<ModelResource>(database, 'models');
    return new Catalog(database, clock, { datasets, tables, models });
  }

  get isEmpty(): boolean {
    return this.datasets.all().length === 0;
  }

  /** Removes tables and models whose time is over. */
  async expire(): Promise<void> {
    const now = this.clock.now();
    const isOver = ({ settings }: TableResource | ModelResource) => Number(settings.expirationTime ?? Infinity) <= now;
    for (const { name } of this.tables.all().filter(isOver)) await this.dropTable(name);
    for (const { name } of this.models.all().filter(isOver)) await this.dropModel(name);
  }

  listDatasets(project: string): DatasetResource[] {
    return sorted(
      this.datasets.all().filter(({ name }) => name.project === project),
      ({ name }) => name.dataset,
    );
  }

  listTables(dataset: DatasetName): TableResource[] {
    return sorted(
      this.tables.all().filter(table => isIn(dataset, table)),
      ({ name }) => name.name,
    );
  }

  listModels(dataset: DatasetName): ModelResource[] {
    return sorted(
      this.models.all().filter(model => isIn(dataset, model)),
      ({ name }) => name.name,
    );
  }

  /** @throws BigQueryError notFound */
  dataset(name: DatasetName): DatasetResource {
    const found = this.findDataset(name);
    if (!found) throw notFound('Dataset', idOf(name));
    return found;
  }

  /** @throws BigQueryError notFound */
  table(name: ResourceName): TableResource {
    this.dataset(name);
    const found = this.findTable(name);
    if (!found) throw notFound('Table', idOf(name));
    return found;
  }

  /** @throws BigQueryError notFound */
  model(name: ResourceName): ModelResource {
    this.dataset(name);
    const found = this.findModel(name);
    if (!found) throw notFound('Model', idOf(name));
    return found;
  }

  findDataset({ project, dataset }: DatasetName): DatasetResource | undefined {
    return this.datasets.get(idOf({ project, dataset }));
  }

  findTable(name: ResourceName): TableResource | undefined {
    return this.tables.get(idOf(name));
  }

  findModel(name: ResourceName): ModelResource | undefined {
    return this.models.get(idOf(name));
  }

  /** @throws BigQueryError duplicate, invalid */
  async createDataset(name: DatasetName, input: Record<string, unknown> = {}): Promise<DatasetResource> {
    checkName(name.dataset, 'dataset');
    if (this.findDataset(name)) throw alreadyExists('Dataset', idOf(name));
    checkCase(
      name.dataset,
      this.listDatasets(name.project).map(dataset => dataset.name.dataset),
    );
    const now = this.clock.now();
    const location = String(input.location ?? 'US');
    const resource: DatasetResource = {
      name,
      location: /^(us|eu)$/i.test(location) ? location.toUpperCase() : location.toLowerCase(),
      settings: changeSettings({}, input),
      createdAt: now,
      modifiedAt: now,
    };
    await this.database.run(`CREATE SCHEMA IF NOT EXISTS ${schemaName(name)}`);
    await this.datasets.put(idOf(name), resource);
    return resource;
  }

  /** @throws BigQueryError resourceInUse when it holds something and `hasContents` does not allow that */
  async deleteDataset(name: DatasetName, options: { deleteContents: boolean }): Promise<void> {
    this.dataset(name);
    const tables = this.listTables(name);
    const models = this.listModels(name);
    if (!options.deleteContents && tables.length + models.length > 0) {
      throw new BigQueryError(`Dataset ${idOf(name)} is still in use`, { reason: 'resourceInUse' });
    }
    for (const table of tables) await this.dropTable(table.name);
    for (const model of models) await this.dropModel(model.name);
    await this.datasets.delete(idOf({ project: name.project, dataset: name.dataset }));
    await this.database.run(`DROP SCHEMA IF EXISTS ${schemaName(name)} CASCADE`);
  }

  /** Makes an empty table. @returns false when it was there and stays as it is. @throws BigQueryError duplicate, invalid */
  async createTable(
    name: ResourceName,
    fields: Field[],
    options: { mode?: CreateMode; input?: Record<string, unknown> } = {},
  ): Promise<boolean> {
    const { mode = 'create', input = {} } = options;
    checkName(name.name, 'table');
    if (fields.length === 0) throw new BigQueryError('Table must have a schema.', { reason: 'invalid' });
    const { defaultTableExpirationMs } = this.dataset(name).settings;
    const before = this.findTable(name);
    if (before && mode === 'if-not-exists') return false;
    if ((before && mode === 'create') || this.findModel(name)) throw alreadyExists('Table', idOf(name));
    checkCase(
      name.name,
      this.listTables(name).map(table => table.name.name),
    );
    const now = this.clock.now();
    const settings = changeSettings({}, input);
    if (defaultTableExpirationMs) settings.expirationTime ??= String(now + Number(defaultTableExpirationMs));
    const columns = fields.map(field => {
      const constraint = field.mode === 'REQUIRED' ? ' NOT NULL' : '';
      return `${quote(field.name)} ${duckDbType(field)}${constraint}`;
    });
    await this.database.run(`CREATE OR REPLACE TABLE ${duckDbName(name)} (${columns.join(', ')})`);
    const resource = { name, fields, settings, createdAt: now, modifiedAt: now, version: (before?.version ?? 0) + 1 };
    await this.tables.put(idOf(name), resource);
    return true;
  }

  async dropTable(name: ResourceName): Promise<void> {
    await this.tables.delete(idOf(name));
    await this.database.run(`DROP TABLE IF EXISTS ${duckDbName(name)}`);
  }

  /** Notes that rows have changed. */
  async touchTable(name: ResourceName): Promise<void> {
    const table = this.table(name);
    await this.tables.put(idOf(name), { ...table, modifiedAt: this.clock.now(), version: table.version + 1 });
  }

  /** Puts a model in the place of what was there; its labels and descriptions are new, too. */
  async putModel(name: ResourceName, trained: ModelResource['trained'], input: Record<string, unknown>): Promise<void> {
    checkName(name.name, 'model');
    const now = this.clock.now();
    const resource = { name, trained, settings: changeSettings({}, input), createdAt: now, modifiedAt: now };
    await this.models.put(idOf(name), resource);
  }

  async dropModel(name: ResourceName): Promise<void> {
    await this.models.delete(idOf(name));
  }

  /** Changes settings as `patch` does. @throws BigQueryError invalid */
  async patchDataset(resource: DatasetResource, change: Record<string, unknown>): Promise<DatasetResource> {
    return this.patch(this.datasets, resource, change);
  }

  /** @throws BigQueryError invalid */
  async patchTable(resource: TableResource, change: Record<string, unknown>): Promise<TableResource> {
    return this.patch(this.tables, resource, change);
  }

  /** @throws BigQueryError invalid */
  async patchModel(resource: ModelResource, change: Record<string, unknown>): Promise<ModelResource> {
    return this.patch(this.models, resource, change);
  }

  /** Resolves when everything is on its way to the disk. */
  async settled(): Promise<void> {
    await Promise.all([this.datasets.settled(), this.tables.settled(), this.models.settled()]);
  }

  private async patch<T extends DatasetResource | TableResource | ModelResource>(
    documents: Documents<T>,
    resource: T,
    change: Record<string, unknown>,
  ): Promise<T> {
    const settings = changeSettings(resource.settings, change);
    const patched = { ...resource, settings, modifiedAt: this.clock.now() };
    await documents.put(idOf(resource.name), patched);
    return patched;
  }
}

function sorted<T>(items: T[], key: (item: T) => string): T[] {
  return items.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
