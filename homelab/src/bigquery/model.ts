/**
 * What the parts of the warehouse say to each other: `sql/` compiles GoogleSQL, `ml/` trains and applies models, `storage/`
 * holds data and runs DuckDB, `rest/` answers. Resource shapes are those of the BigQuery API v2 (discovery document
 * `bigquery:v2`).
 */

/** Types of columns, by the names that the API shows (`TableFieldSchema.type`). */
export type FieldType =
  | 'STRING'
  | 'BYTES'
  | 'INTEGER'
  | 'FLOAT'
  | 'NUMERIC'
  | 'BIGNUMERIC'
  | 'BOOLEAN'
  | 'TIMESTAMP'
  | 'DATE'
  | 'TIME'
  | 'DATETIME'
  | 'JSON'
  | 'RECORD';

/** `TableFieldSchema`. */
export interface Field {
  name: string;
  type: FieldType;
  mode: 'NULLABLE' | 'REQUIRED' | 'REPEATED';
  /** Of a RECORD. */
  fields?: Field[];
  description?: string;
}

/**
 * A value between the parts: INTEGER as bigint, FLOAT as number, a REPEATED one as array, a RECORD as object by field name;
 * everything else in the text that the API shows (NUMERIC `1.5`, DATE `2026-03-01`, TIMESTAMP as microseconds since 1970,
 * BYTES in base64, JSON as its text).
 */
export type Value = null | bigint | number | boolean | string | Value[] | { [field: string]: Value };

/** Rows with their columns; each row has one value for each field, in order. */
export interface Relation {
  fields: Field[];
  rows: Value[][];
}

export interface DatasetName {
  project: string;
  dataset: string;
}

/** Names a table or a model. */
export interface ResourceName extends DatasetName {
  name: string;
}

/** Reasons of the API's error shape (https://cloud.google.com/bigquery/docs/error-messages). */
export type ErrorReason =
  | 'invalid'
  | 'invalidQuery'
  | 'notFound'
  | 'duplicate'
  | 'accessDenied'
  | 'authError'
  | 'conditionNotMet'
  | 'bytesBilledLimitExceeded'
  | 'quotaExceeded'
  | 'resourceInUse'
  | 'responseTooLarge'
  | 'stopped'
  | 'notImplemented'
  | 'backendError';

/** Whatever goes wrong in the warehouse, as its API says it. */
export class BigQueryError extends Error {
  /** HTTP status. */
  readonly status: number;
  readonly reason: ErrorReason;
  /** What the error is about, for example `query` or the name of a field. */
  readonly location: string | undefined;

  constructor(message: string, options: { status?: number; reason: ErrorReason; location?: string }) {
    super(message);
    this.name = 'BigQueryError';
    this.status = options.status ?? 400;
    this.reason = options.reason;
    this.location = options.location;
  }
}

/** A value in an OPTIONS list or in the STRUCT of an ML function, evaluated. */
export type OptionValue = null | number | boolean | string | OptionValue[] | { [name: string]: OptionValue };

/** A query in DuckDB's SQL, with what has to be there before it can run. */
export interface CompiledQuery {
  /** Parameters are left as `$name` (named) or `$1` (positional), cast to their declared types. */
  duckdb: string;
  /** Tables that it reads, without those of {@link mlCalls}. */
  tables: ResourceName[];
  /** Calls of ML functions; the text reads each result under the name {@link MlCall.placeholder}. */
  mlCalls: MlCall[];
  /** Finds a row where a change would take several rows for one. */
  ambiguity?: string;
}

/** A call of a table function such as `ML.PREDICT`. */
export interface MlCall {
  /** Name of the temporary table in which the result is expected. */
  placeholder: string;
  /** Upper case, without `ML.`. */
  function: string;
  model: ResourceName;
  /** The rows to work on, from `TABLE …` or a query; left out where the function takes none. */
  input?: CompiledQuery;
  settings: Record<string, OptionValue>;
}

/** A statement after compilation, by what has to be done. `statementType` is that of the job's statistics. */
export type CompiledStatement =
  | { kind: 'query'; statementType: 'SELECT'; query: CompiledQuery }
  | {
      kind: 'create-model';
      statementType: 'CREATE_MODEL';
      model: ResourceName;
      mode: 'create' | 'replace' | 'if-not-exists';
      options: Record<string, OptionValue>;
      query: CompiledQuery;
    }
  | { kind: 'drop-model'; statementType: 'DROP_MODEL'; model: ResourceName; ifExists: boolean }
  | {
      kind: 'create-table';
      statementType: 'CREATE_TABLE' | 'CREATE_TABLE_AS_SELECT';
      table: ResourceName;
      mode: 'create' | 'replace' | 'if-not-exists';
      /** Given columns; left out where the query says them. */
      fields?: Field[];
      query?: CompiledQuery;
      options: Record<string, OptionValue>;
    }
  | { kind: 'drop-table'; statementType: 'DROP_TABLE'; table: ResourceName; ifExists: boolean }
  | {
      kind: 'dml';
      statementType: 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE';
      table: ResourceName;
      query: CompiledQuery;
    }
  | { kind: 'create-schema'; statementType: 'CREATE_SCHEMA'; dataset: DatasetName; ifNotExists: boolean }
  | { kind: 'drop-schema'; statementType: 'DROP_SCHEMA'; dataset: DatasetName; ifExists: boolean; cascade: boolean };

/** One iteration of a training (`IterationResult`). */
export interface IterationResult {
  index: number;
  trainingLoss: number;
  evalLoss: number | null;
  learnRate: number | null;
  durationMs: number;
}

/** The rows that a model is made from. */
export interface TrainingData {
  relation: Relation;
  options: Record<string, OptionValue>;
}
