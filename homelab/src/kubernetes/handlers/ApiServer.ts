import type { Exchange } from '../../core';
import type { Cluster } from '../Cluster';
import { ApiError, methodNotAllowed, notModelled, unknownPath } from '../codec/ApiError';
import { resourceTypeOf } from '../resourceTypes';
import { parseGroupPath, parseTarget, verbOf, type ApiRequest } from './ApiRequest';
import { describeServer } from './discovery';
import { listObjects } from './list';
import { PodLog } from './podLog';
import { requireAcceptsJson, respondError, respondJson, respondText } from './respond';
import { describeSchemas } from './openApi';
import { answerReview } from './reviews';
import { parseServiceProxy, type ServiceProxy, type ServiceProxyTarget } from './serviceProxy';
import { toTable, wantsTable } from './table';
import { authenticate, authorize, type User } from './users';
import { Watch } from './watch';
import {
  createObject,
  deleteCollection,
  deleteObject,
  patchObject,
  requireObject,
  updateObject,
  viewOf,
} from './write';

/** What the API server serves, and to whom. */
export interface ApiServerOptions {
  cluster: Cluster;
  /** By bearer token. */
  users: Map<string, User>;
  bookmarkIntervalMs: number;
  /** Answers requests to services through the API server; they are refused without it. */
  serviceProxy?: ServiceProxy;
}

const serverFaults: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** Answers the requests of the Kubernetes API and owns the watches that are open. */
export class ApiServer implements Disposable {
  private readonly watches = new Set<Disposable>();
  private readonly logs = new Set<Disposable>();

  constructor(private readonly options: ApiServerOptions) {}

  get openWatchCount(): number {
    return this.watches.size;
  }

  async handle(exchange: Exchange): Promise<void> {
    try {
      await this.answer(exchange);
    } catch (error) {
      if (!(error instanceof ApiError) || exchange.response.headersSent) throw error;
      respondError(exchange, error);
    }
  }

  /** Answers with an ordered fault, or with the homelab's own, as a Status. */
  fail(exchange: Exchange, status: number): void {
    const reason = serverFaults[status] ?? 'InternalError';
    const details = status === 429 ? { retryAfterSeconds: 1 } : undefined;
    respondError(exchange, new ApiError(`the server answered ${status} ${reason}`, { code: status, reason, details }));
  }

  /** Ends all watches; clients see a stream that is over and may resume. */
  closeWatches(): void {
    for (const watch of [...this.watches]) watch[Symbol.dispose]();
    this.watches.clear();
  }

  [Symbol.dispose](): void {
    this.closeWatches();
    for (const log of [...this.logs]) log[Symbol.dispose]();
    this.logs.clear();
  }

  private async answer(exchange: Exchange): Promise<void> {
    const { url, request } = exchange;
    const user = authenticate(this.options.users, request.headers.authorization);
    exchange.entry.user = user.name;
    requireAcceptsJson(exchange);
    const { store } = this.options.cluster;
    const { types } = store;
    const gitVersion = store.list('Node')[0]?.status?.nodeInfo?.kubeletVersion;
    const description = describeServer(url.pathname, { types, gitVersion }) ?? describeSchemas(url.pathname, types);
    if (description === 'ok') return respondText(exchange, 'ok');
    if (description) return respondJson(exchange, description);
    const path = parseGroupPath(url.pathname);
    if (!path) throw unknownPath();
    if (/^auth(entication|orization)\.k8s\.io$/.test(path.group) && request.method === 'POST') {
      return answerReview(exchange, user, { group: path.group, plural: path.rest[0] });
    }
    const proxied = parseServiceProxy(path);
    if (proxied) return this.proxy(exchange, user, proxied);
    const target = parseTarget(path, types);
    const verb = verbOf(request.method ?? 'GET', target, url.searchParams);
    if (!verb || (target.type.isComputed && verb !== 'get' && verb !== 'list')) throw methodNotAllowed();
    authorize(user, verb, target);
    if (target.subresource && !(target.type.subresources as string[]).includes(target.subresource)) {
      throw notModelled(`the subresource ${target.type.plural}/${target.subresource}`);
    }
    return this.serve({ ...target, exchange, user, verb, query: url.searchParams });
  }

  private proxy(exchange: Exchange, user: User, target: ServiceProxyTarget): Promise<void> {
    const { namespace, service: name } = target;
    authorize(user, 'get', { type: resourceTypeOf('Service'), namespace, name, subresource: 'proxy' });
    const { serviceProxy } = this.options;
    if (!serviceProxy) throw notModelled('the subresource services/proxy');
    if (exchange.request.method !== 'GET') throw methodNotAllowed();
    return serviceProxy(exchange, target);
  }

  private serve(request: ApiRequest): void | Promise<void> {
    const { cluster } = this.options;
    switch (request.verb) {
      case 'get':
        return this.get(request);
      case 'list':
        return respondJson(request.exchange, listObjects(cluster, request));
      case 'watch':
        return this.watch(request);
      case 'create':
        return createObject(cluster, request);
      case 'update':
        return updateObject(cluster, request);
      case 'patch':
        return patchObject(cluster, request);
      case 'delete':
        return deleteObject(cluster, request);
      case 'deletecollection':
        return deleteCollection(cluster, request);
      default:
        throw request.verb satisfies never;
    }
  }

  private get(request: ApiRequest): void {
    const { cluster } = this.options;
    const { type, subresource, exchange } = request;
    if (subresource === 'log') return this.own(PodLog.open(cluster, request), request, this.logs);
    const object = requireObject(cluster, request);
    const isTable = !subresource && wantsTable(request);
    const { resourceVersion } = object.metadata;
    return respondJson(
      exchange,
      isTable ? toTable(cluster, type, { objects: [object], metadata: { resourceVersion } }) : viewOf(request, object),
    );
  }

  private watch(request: ApiRequest): void {
    const { cluster, bookmarkIntervalMs } = this.options;
    this.own(Watch.open(request, { cluster, bookmarkIntervalMs }), request, this.watches);
  }

  private own(stream: Disposable, { exchange }: ApiRequest, streams: Set<Disposable>): void {
    if (exchange.response.writableEnded) return;
    streams.add(stream);
    exchange.response.once('close', () => streams.delete(stream));
  }
}
