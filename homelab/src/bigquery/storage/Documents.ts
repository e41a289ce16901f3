import type { Database } from './Database';

/** Makes the place where documents are kept, unless it is there. */
export async function prepareDocuments(database: Database): Promise<void> {
  await database.run('CREATE SCHEMA IF NOT EXISTS "_homelab"');
  await database.run(
    'CREATE TABLE IF NOT EXISTS "_homelab".documents (collection VARCHAR, key VARCHAR, body VARCHAR, PRIMARY KEY (collection, key))',
  );
}

/** JSON documents by key, in memory for reading and in the database so that they outlive the process. */
export class Documents<T extends object> {
  private readonly items = new Map<string, T>();
  /** Writes follow one another: DuckDB refuses two at once on one row. */
  private writing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly database: Database,
    private readonly collection: string,
  ) {}

  static async open<T extends object>(database: Database, collection: string): Promise<Documents<T>> {
    const documents = new Documents<T>(database, collection);
    const { rows } = await database.run('SELECT key, body FROM "_homelab".documents WHERE collection = $1 ORDER BY 1', [
      collection,
    ]);
    for (const [key, body] of rows) documents.items.set(key as string, JSON.parse(body as string) as T);
    return documents;
  }

  get(key: string): T | undefined {
    return this.items.get(key);
  }

  get count(): number {
    return this.items.size;
  }

  /** In the order in which the keys came. */
  all(): T[] {
    return [...this.items.values()];
  }

  async put(key: string, item: T): Promise<void> {
    this.items.set(key, item);
    const body = JSON.stringify(item);
    await this.write('INSERT OR REPLACE INTO "_homelab".documents VALUES ($1, $2, $3)', [this.collection, key, body]);
  }

  async delete(key: string): Promise<void> {
    this.items.delete(key);
    await this.write('DELETE FROM "_homelab".documents WHERE collection = $1 AND key = $2', [this.collection, key]);
  }

  /** Resolves when everything is written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private write(sql: string, parameters: string[]): Promise<void> {
    const written = this.writing.then(async () => {
      await this.database.run(sql, parameters);
    });
    this.writing = written.catch(() => undefined);
    return written;
  }
}
