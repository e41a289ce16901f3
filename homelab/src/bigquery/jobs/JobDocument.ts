import type { BigQueryError, DatasetName, ErrorReason, Field } from '../model';
import type { LoadFormat } from '../load/readFile';
import type { QueryParameter } from '../sql';

/** A table as the API names it. */
export interface TableReference {
  projectId: string;
  datasetId: string;
  tableId: string;
}

/** `JobConfigurationQuery`, as far as it is modelled. */
export interface QueryConfiguration {
  query: string;
  useLegacySql?: boolean;
  parameterMode?: 'NAMED' | 'POSITIONAL';
  /** Checked by what reads them. */
  queryParameters?: QueryParameter[];
  defaultDataset?: { projectId?: string; datasetId: string };
  destinationTable?: TableReference;
  createDisposition?: string;
  writeDisposition?: string;
  maximumBytesBilled?: string;
  useQueryCache?: boolean;
  priority?: string;
}

/** `JobConfigurationLoad`, as far as it is modelled. */
export interface LoadConfiguration extends LoadFormat {
  destinationTable: TableReference;
  sourceUris?: string[];
  createDisposition?: string;
  writeDisposition?: string;
}

/** `JobConfigurationTableCopy`, as far as it is modelled. A model goes by a table's reference. */
export interface CopyConfiguration {
  sourceTable: TableReference;
  destinationTable: TableReference;
  createDisposition?: string;
  writeDisposition?: string;
}

/** `JobConfiguration`. */
export interface JobConfiguration {
  jobType?: 'QUERY' | 'LOAD' | 'COPY';
  dryRun?: boolean;
  jobTimeoutMs?: string;
  labels?: Record<string, string>;
  query?: QueryConfiguration;
  load?: LoadConfiguration;
  copy?: CopyConfiguration;
}

/** `ErrorProto`. */
export interface ErrorProto {
  reason: ErrorReason;
  location?: string;
  message: string;
}

/** What is kept of a job; times are milliseconds since the epoch. */
export interface JobDocument {
  project: string;
  jobId: string;
  location: string;
  userEmail: string;
  /** The client's own id of the request, by which a repeated one is known. */
  requestId?: string;
  configuration: JobConfiguration;
  state: 'PENDING' | 'RUNNING' | 'DONE';
  errors?: ErrorProto[];
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
  /** `JobStatistics2` or `JobStatistics3`, and figures of the whole job. */
  statistics: {
    totalBytesProcessed?: string;
    query?: Record<string, unknown>;
    load?: Record<string, unknown>;
  };
  /** Columns of the result; rows are kept in memory only. */
  resultFields?: Field[];
}

/** Who asks. */
export interface Caller {
  email: string;
  /** May change data; everyone may read and run queries. */
  isWriter: boolean;
}

/** How an error stands in a job. */
export function errorProto({ reason, location, message }: BigQueryError): ErrorProto {
  return { reason, ...(location && { location }), message };
}

/** Where the tables of a reference are. */
export function resourceNameOf({ projectId, datasetId, tableId }: TableReference): DatasetName & { name: string } {
  return { project: projectId, dataset: datasetId, name: tableId };
}

/** HTTP status with which a failed job is reported by requests for its result. */
export const statusOfReason: Partial<Record<ErrorReason, number>> = {
  notFound: 404,
  duplicate: 409,
  accessDenied: 403,
  stopped: 499,
  quotaExceeded: 403,
  responseTooLarge: 403,
  notImplemented: 501,
  backendError: 503,
};
