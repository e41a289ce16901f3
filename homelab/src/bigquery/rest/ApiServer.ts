import type { Exchange } from '../../core';
import type { Jobs } from '../jobs/Jobs';
import type { Warehouse } from '../jobs/Warehouse';
import { BigQueryError } from '../model';
import { notFound } from '../storage/resources';
import { readObject, type ApiRequest, type Reply } from './ApiRequest';
import { authenticate, type BigQueryTokens } from './callers';
import { deleteDataset, getDataset, insertDataset, listDatasets, patchDataset } from './datasets';
import { cancelJob, deleteJob, getJob, insertJob, listJobs } from './jobs';
import { deleteModel, getModel, listModels, patchModel } from './models';
import { getQueryResults, runQueryRequest } from './queries';
import { respondEmpty, respondError, respondJson } from './respond';
import { insertAll, listTableData } from './tableData';
import { deleteTable, getTable, insertTable, listTables, patchTable } from './tables';
import { Uploads } from './upload';

type Handler = (request: ApiRequest) => Reply | Promise<Reply>;

/** Method and path below `projects/{project}`; `{…}` is one segment. */
const routes: [string, string, Handler][] = [
  ['GET', 'datasets', listDatasets],
  ['POST', 'datasets', insertDataset],
  ['GET', 'datasets/{dataset}', getDataset],
  ['PATCH', 'datasets/{dataset}', patchDataset],
  ['DELETE', 'datasets/{dataset}', deleteDataset],
  ['GET', 'datasets/{dataset}/tables', listTables],
  ['POST', 'datasets/{dataset}/tables', insertTable],
  ['GET', 'datasets/{dataset}/tables/{name}', getTable],
  ['PATCH', 'datasets/{dataset}/tables/{name}', patchTable],
  ['DELETE', 'datasets/{dataset}/tables/{name}', deleteTable],
  ['GET', 'datasets/{dataset}/tables/{name}/data', listTableData],
  ['POST', 'datasets/{dataset}/tables/{name}/insertAll', insertAll],
  ['GET', 'datasets/{dataset}/models', listModels],
  ['GET', 'datasets/{dataset}/models/{name}', getModel],
  ['PATCH', 'datasets/{dataset}/models/{name}', patchModel],
  ['DELETE', 'datasets/{dataset}/models/{name}', deleteModel],
  ['POST', 'queries', runQueryRequest],
  ['GET', 'queries/{job}', getQueryResults],
  ['GET', 'jobs', listJobs],
  ['POST', 'jobs', insertJob],
  ['GET', 'jobs/{job}', getJob],
  ['POST', 'jobs/{job}/cancel', cancelJob],
  ['DELETE', 'jobs/{job}/delete', deleteJob],
];

interface Match {
  params: ApiRequest['params'];
  handler: Handler;
}

const compiled = routes.map(([method, path, handler]) => {
  const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  return { method, pattern, handler };
});

const noParams = { project: '', dataset: '', name: '', job: '' };

function match(method: string, project: string, path: string): Match | undefined {
  for (const route of compiled) {
    const found = route.method === method ? route.pattern.exec(path) : null;
    if (!found) continue;
    const named = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return { params: { ...noParams, project, ...Object.fromEntries(named) }, handler: route.handler };
  }
  return undefined;
}

/** What the server answers with. */
export interface ApiServerOptions {
  warehouse: Warehouse;
  jobs: Jobs;
  tokens: BigQueryTokens;
  isTokenRequired: boolean;
}

/** The BigQuery API v2: https://cloud.google.com/bigquery/docs/reference/rest, with and without `/bigquery/v2` before the path. */
export class ApiServer {
  private readonly uploads: Uploads;

  constructor(private readonly options: ApiServerOptions) {
    this.uploads = new Uploads(options.warehouse.random);
  }

  async handle(exchange: Exchange): Promise<void> {
    try {
      const reply = await this.answer(exchange);
      if (exchange.response.headersSent) return;
      if (reply) respondJson(exchange, reply);
      else respondEmpty(exchange);
    } catch (error) {
      if (!(error instanceof BigQueryError)) throw error;
      respondError(exchange, error);
    }
  }

  fail(exchange: Exchange, status: number): void {
    const reasons: Record<number, BigQueryError['reason']> = {
      403: 'quotaExceeded',
      404: 'notFound',
      429: 'quotaExceeded',
    };
    const message =
      status === 429 ? 'Exceeded rate limits' : 'An internal error occurred and the request could not be completed.';
    respondError(exchange, new BigQueryError(message, { status, reason: reasons[status] ?? 'backendError' }));
  }

  private async answer(exchange: Exchange): Promise<Reply> {
    const { warehouse, jobs } = this.options;
    const caller = authenticate(exchange, this.options);
    exchange.entry.user = caller.email;
    const { url, entry } = exchange;
    const [, upload, project, path] =
      /^(\/(?:resumable\/)?upload)?(?:\/bigquery\/v2)?\/projects\/([^/]+)\/(.+?)\/?$/.exec(url.pathname) ?? [];
    if (project === undefined) throw this.unknown(exchange);
    const name = decodeURIComponent(project);
    if (!warehouse.projects.includes(name)) throw notFound('Project', name);
    await warehouse.catalog.expire();
    const common = { exchange, caller, query: url.searchParams, warehouse, jobs };
    if (upload) {
      if (path !== 'jobs') throw this.unknown(exchange);
      return this.uploads.handle({ ...common, params: { ...noParams, project: name } });
    }
    const route = match(entry.method, name, path);
    if (!route) throw this.unknown(exchange);
    const body = ['POST', 'PATCH'].includes(entry.method) ? await readObject(exchange) : {};
    return route.handler({ ...common, params: route.params, body });
  }

  private unknown({ entry }: Exchange): BigQueryError {
    const message = `The homelab does not model ${entry.method} ${entry.path}`;
    return new BigQueryError(message, { status: 501, reason: 'notImplemented' });
  }
}
