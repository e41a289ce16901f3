import type bigquery from '@google-cloud/bigquery/build/src/types';
import { InputError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import type { Column, Estimate, MlModelsErrorCode, TableRef } from '@leitstand/plugin-ml-models-common';
import { randomUUID } from 'node:crypto';
import { failureOf } from '../client/bigQueryErrors';
import type { BigQueryConnection } from '../client/BigQueryConnection';
import type { Query } from '../client/queryRequest';
import { readRows, type ResultValue } from '../client/readRows';
import type { MlModelsConfig } from '../config';
import { costOf } from '../model/cost';
import type { ReadConnection } from './BigQueryConnections';
import { columnsOf } from './DatasetService';

/** Longest time in which a query may run, in milliseconds. */
const queryTimeoutMs = 120_000;
/** How long one request waits for the end of a query unless told, in milliseconds. */
const defaultWaitMs = 20_000;
/** Most rows of a result; a prediction has at most a thousand. */
const maxRows = 10_000;

/** What a query returned and what it was billed. */
export interface QueryResult {
  rows: Array<Record<string, ResultValue>>;
  job: { id: string; bytesProcessed: number; bytesBilled: number; isCacheHit: boolean };
}

/** What a query would read and return. */
export interface DryRun {
  estimate: Estimate;
  columns: Column[];
  /** For example `SELECT`. */
  statementType: string | undefined;
  /** What it reads, also through views. */
  tables: TableRef[];
}

/** Runs queries within the limits of the configuration. */
export class QueryService {
  readonly #config: Pick<MlModelsConfig, 'maximumBytesBilled' | 'price'>;
  readonly #waitMs: number;

  /** @param waitMs - how long one request waits for the end of a query, in milliseconds. Default: 20,000 */
  constructor(config: Pick<MlModelsConfig, 'maximumBytesBilled' | 'price'>, waitMs: number = defaultWaitMs) {
    this.#config = config;
    this.#waitMs = waitMs;
  }

  /**
   * One job upstream, billed.
   *
   * @throws InputError with code `BYTES_LIMIT_EXCEEDED` or `QUERY_INVALID`; UpstreamError
   */
  async run(
    { connection }: Pick<ReadConnection, 'connection'>,
    query: Query,
    options: { operation: string; signal: AbortSignal },
  ): Promise<QueryResult> {
    const { operation, signal } = options;
    const { location } = connection.config;
    const body = {
      ...this.#body(query, location),
      maximumBytesBilled: String(this.#config.maximumBytesBilled),
      maxResults: maxRows,
      timeoutMs: this.#waitMs,
      jobTimeoutMs: String(queryTimeoutMs),
      labels: { leitstand: 'read' },
      requestId: randomUUID(), // a repeated request is the same job
    };
    const first = await this.#ask(
      connection.request<bigquery.IQueryResponse>({
        operation,
        method: 'POST',
        path: '/queries',
        body,
        timeoutMs: this.#waitMs * 2,
        signal,
      }),
    );
    const id = first.jobReference?.jobId ?? '';
    const answer = first.jobComplete === false ? await this.#resultOf(connection, id, options) : first;
    return {
      rows: readRows(answer.schema, answer.rows),
      job: {
        id,
        bytesProcessed: Number(answer.totalBytesProcessed ?? 0),
        bytesBilled: Number(answer.totalBytesBilled ?? 0),
        isCacheHit: answer.cacheHit ?? false,
      },
    };
  }

  /** Waits for a job that its first request did not wait for; what it was billed only the job itself says then. */
  async #resultOf(
    connection: BigQueryConnection,
    jobId: string,
    { operation, signal }: { operation: string; signal: AbortSignal },
  ): Promise<bigquery.IQueryResponse> {
    const { location } = connection.config;
    const query = { location, timeoutMs: this.#waitMs, maxResults: maxRows, 'formatOptions.useInt64Timestamp': true };
    let answer: bigquery.IGetQueryResultsResponse;
    do {
      const path = `/queries/${encodeURIComponent(jobId)}`;
      answer = await this.#ask(
        connection.request<bigquery.IGetQueryResultsResponse>({
          ...{ operation, path, query, signal },
          timeoutMs: this.#waitMs * 2,
        }),
      );
    } while (answer.jobComplete === false);
    const path = `/jobs/${encodeURIComponent(jobId)}`;
    const job = await connection.request<bigquery.IJob>({ operation, path, query: { location }, signal });
    return { ...answer, kind: undefined, totalBytesBilled: job.statistics?.query?.totalBytesBilled };
  }

  /**
   * Costs nothing and changes nothing.
   *
   * @throws InputError with code `QUERY_INVALID`; UpstreamError
   */
  async dryRun(
    { connection }: Pick<ReadConnection, 'connection'>,
    query: Query,
    options: { operation: string; signal: AbortSignal },
  ): Promise<DryRun> {
    const { location } = connection.config;
    const { useLegacySql, parameterMode, queryParameters, query: sql } = this.#body(query, location);
    const job = await this.#ask(
      connection.request<bigquery.IJob>({
        ...options,
        method: 'POST',
        path: '/jobs',
        body: {
          jobReference: { projectId: connection.config.projectId, location },
          configuration: { dryRun: true, query: { query: sql, useLegacySql, parameterMode, queryParameters } },
        },
      }),
    );
    const bytesProcessed = Number(job.statistics?.totalBytesProcessed ?? 0);
    return {
      estimate: {
        bytesProcessed,
        maximumBytesBilled: this.#config.maximumBytesBilled,
        cost: costOf(bytesProcessed, this.#config.price),
      },
      columns: columnsOf(job.statistics?.query?.schema),
      statementType: job.statistics?.query?.statementType,
      tables: (job.statistics?.query?.referencedTables ?? []).map(
        ({ projectId: project = '', datasetId: dataset = '', tableId: table = '' }) => ({ project, dataset, table }),
      ),
    };
  }

  #body({ sql, parameters = [] }: Query, location: string) {
    return {
      query: sql,
      useLegacySql: false,
      location,
      formatOptions: { useInt64Timestamp: true },
      ...(parameters.length > 0 ? { parameterMode: 'NAMED', queryParameters: parameters } : {}),
    };
  }

  /** BigQuery says of a query that a person wrote what is wrong with it; that is for that person. */
  async #ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      const failure = error instanceof UpstreamError ? failureOf(error.cause) : undefined;
      if (failure?.reason === 'bytesBilledLimitExceeded') {
        throw coded(
          `The query would bill more than the ${this.#config.maximumBytesBilled} bytes that mlModels.maximumBytesBilled allows.`,
          'BYTES_LIMIT_EXCEEDED',
        );
      }
      if (failure?.reason === 'invalidQuery') throw coded(`BigQuery: ${failure.message}`, 'QUERY_INVALID');
      throw error;
    }
  }
}

function coded(message: string, code: MlModelsErrorCode): Error {
  return withCode(new InputError(message), code);
}
