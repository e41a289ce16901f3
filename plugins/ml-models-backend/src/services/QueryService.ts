import type bigquery from '@google-cloud/bigquery/build/src/types';
import { InputError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import type { Column, Estimate, MlModelsErrorCode, TableRef } from '@leitstand/plugin-ml-models-common';
import { randomUUID } from 'node:crypto';
import { failureOf, timeoutError } from '../client/bigQueryErrors';
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
/** How long an answer may take besides that, in milliseconds. */
const answerMs = 20_000;
/** Most rows of a result; a prediction has at most a thousand. */
const maxRows = 10_000;
/** Most pages of a result, of about ten megabytes each. */
const maxPageCount = 5;
/** How long stopping a query may take that nobody waits for any more, in milliseconds. */
const cancelTimeoutMs = 5_000;

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

/** A query that runs upstream, and who waits for it. */
interface RunningQuery {
  connection: BigQueryConnection;
  id: string;
  operation: string;
  signal: AbortSignal;
}

/** What `jobs.query` and `jobs.getQueryResults` both answer. */
type Answer = bigquery.IQueryResponse | bigquery.IGetQueryResultsResponse;

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
   * One job upstream, billed. Of more than ten thousand rows the first ones.
   *
   * @throws InputError with code `BYTES_LIMIT_EXCEEDED`, `QUERY_INVALID` or `RESULT_TOO_LARGE`; UpstreamError
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
        answerHas: 'jobComplete',
        timeoutMs: this.#waitMs + answerMs,
        signal,
      }),
    );
    const running = { connection, id: first.jobReference?.jobId ?? '', ...options };
    const answer = first.jobComplete === false ? await this.#untilDone(running) : first;
    return {
      rows: readRows(answer.schema, await this.#rowsOf(answer, running)),
      job: {
        id: running.id,
        bytesProcessed: Number(answer.totalBytesProcessed ?? 0),
        bytesBilled: Number((answer === first ? first.totalBytesBilled : await this.#bytesBilled(running)) ?? 0),
        isCacheHit: answer.cacheHit ?? false,
      },
    };
  }

  /** Waits for a job that its first request did not wait for. @throws UpstreamError when it does not end */
  async #untilDone(running: RunningQuery): Promise<Answer> {
    const { connection, operation, signal } = running;
    const limitMs = queryTimeoutMs + this.#waitMs;
    const giveUpAt = performance.now() + limitMs;
    try {
      while (performance.now() < giveUpAt) {
        const answer = await this.#page(running);
        if (answer.jobComplete !== false) return answer;
      }
    } catch (error) {
      if (signal.aborted) await this.#stop(running);
      throw error;
    }
    throw timeoutError({ connection: connection.name, operation }, limitMs);
  }

  /** The rows of an answer and of the pages behind it: BigQuery ends a page by its bytes as well. */
  async #rowsOf(first: Answer, running: RunningQuery): Promise<bigquery.ITableRow[]> {
    const rows = [...(first.rows ?? [])];
    let { pageToken } = first;
    for (let count = 1; pageToken && rows.length < maxRows; count += 1) {
      if (count === maxPageCount) {
        throw coded('The result is larger than the portal reads. Ask for less at once.', 'RESULT_TOO_LARGE');
      }
      const page = await this.#page(running, pageToken);
      rows.push(...(page.rows ?? []));
      pageToken = page.pageToken;
    }
    return rows.slice(0, maxRows);
  }

  #page({ connection, id, operation, signal }: RunningQuery, pageToken?: string): Promise<Answer> {
    return this.#ask(
      connection.request<bigquery.IGetQueryResultsResponse>({
        operation,
        path: `/queries/${encodeURIComponent(id)}`,
        query: {
          location: connection.config.location,
          timeoutMs: this.#waitMs,
          maxResults: maxRows,
          'formatOptions.useInt64Timestamp': true,
          pageToken,
        },
        answerHas: 'jobComplete',
        timeoutMs: this.#waitMs + answerMs,
        signal,
      }),
    );
  }

  /** Only the job itself says it when the first request did not wait for the end. */
  async #bytesBilled({ connection, id, operation, signal }: RunningQuery): Promise<string | undefined> {
    const query = { location: connection.config.location };
    const path = `/jobs/${encodeURIComponent(id)}`;
    const job = await connection.request<bigquery.IJob>({ operation, path, query, signal });
    return job.statistics?.query?.totalBytesBilled;
  }

  /** What nobody waits for is not read to its end. That it cannot be stopped is told by the metrics; it ends by its limits. */
  async #stop({ connection, id, operation }: RunningQuery): Promise<void> {
    const request = {
      operation: `stop: ${operation}`,
      method: 'POST' as const,
      path: `/jobs/${encodeURIComponent(id)}/cancel`,
      query: { location: connection.config.location },
      timeoutMs: cancelTimeoutMs,
    };
    await connection.request(request).catch(() => undefined);
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
        answerHas: 'statistics',
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
      tables: referencedTables(job),
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

/** What a job reads, also through views. */
export function referencedTables({ statistics }: bigquery.IJob): TableRef[] {
  return (statistics?.query?.referencedTables ?? []).map(
    ({ projectId: project = '', datasetId: dataset = '', tableId: table = '' }) => ({ project, dataset, table }),
  );
}

function coded(message: string, code: MlModelsErrorCode): Error {
  return withCode(new InputError(message), code);
}
