import {
  BigQueryError,
  type CompiledQuery,
  type DatasetName,
  type Field,
  type MlCall,
  type ResourceName,
} from '../../model';
import type { ConstantContext } from '../constants';
import { quoteText } from '../names';
import type { QueryParameter } from '../parameters';
import { errorAt } from '../parse/tokens';

/** What a statement is compiled with. */
export interface CompileContext {
  defaultProject: string;
  defaultDataset?: DatasetName;
  parameters: QueryParameter[];
  parameterMode: 'NAMED' | 'POSITIONAL' | undefined;
  /** Undefined for a table that there is not. */
  schemaOf(table: ResourceName): Field[] | undefined;
  modelExists?(model: ResourceName): boolean;
}

/** What is gathered while a query is compiled. */
export class Compilation implements ConstantContext {
  private readonly tables = new Map<string, ResourceName>();
  private readonly mlCalls: MlCall[] = [];
  private safeDepth = 0;

  constructor(
    readonly sql: string,
    readonly context: CompileContext,
    private readonly counter = { value: 0 },
  ) {}

  get parameters(): QueryParameter[] {
    return this.context.parameters;
  }

  /** For a query inside of this one that runs on its own. */
  nested(): Compilation {
    return new Compilation(this.sql, this.context, this.counter);
  }

  /** A name that the statement does not use. */
  uniqueName(prefix: string): string {
    this.counter.value += 1;
    return `_${prefix}_${this.counter.value}`;
  }

  error(at: number, message: string): BigQueryError {
    return errorAt(this.sql, at, message);
  }

  refused(at: number, what: string): BigQueryError {
    return this.error(at, `The homelab does not model ${what}`);
  }

  /** An expression that fails when it is reached; NULL in a call with `SAFE.`. */
  fail(message: string, ...details: string[]): string {
    if (this.safeDepth > 0) return 'NULL';
    const texts = [quoteText(message), ...details.map(detail => `coalesce(CAST(${detail} AS VARCHAR), 'NULL')`)];
    return `error(${texts.join(' || ')})`;
  }

  /** Compiles what is behind `SAFE.`. */
  safely<T>(compile: () => T): T {
    this.safeDepth += 1;
    try {
      return compile();
    } finally {
      this.safeDepth -= 1;
    }
  }

  /** A table or model by the path that the statement gives. @throws BigQueryError when the path is incomplete */
  resource(path: string[], kind: 'Table' | 'Model'): ResourceName {
    const { defaultProject, defaultDataset } = this.context;
    const [name, dataset, project, ...rest] = [...path].reverse();
    const message = `Invalid ${kind.toLowerCase()} name: \`${path.join('.')}\``;
    if (rest.length > 0 || !name) throw new BigQueryError(message, { reason: 'invalidQuery', location: 'query' });
    if (dataset) return { project: project ?? defaultProject, dataset, name };
    if (defaultDataset) return { ...defaultDataset, name };
    throw new BigQueryError(
      `${kind} "${name}" must be qualified with a dataset (e.g. dataset.${kind.toLowerCase()}).`,
      {
        reason: 'invalid',
        location: name,
      },
    );
  }

  /** Columns of a table, which is noted as read. @throws BigQueryError notFound */
  read(table: ResourceName): Field[] {
    const id = `${table.project}:${table.dataset}.${table.name}`;
    const fields = this.context.schemaOf(table);
    if (!fields) throw new BigQueryError(`Not found: Table ${id}`, { status: 404, reason: 'notFound' });
    this.tables.set(id, table);
    return fields;
  }

  addMlCall(call: MlCall): void {
    this.mlCalls.push(call);
  }

  /** What has been gathered, with the text. */
  finish(duckdb: string): CompiledQuery {
    return { duckdb, tables: [...this.tables.values()], mlCalls: this.mlCalls };
  }
}
