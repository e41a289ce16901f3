import type { Exchange } from '../../core';
import type { Cluster } from '../Cluster';
import { ApiError, methodNotAllowed, notModelled, unknownPath } from '../codec/ApiError';
import type { Pod } from '../model';
import { parseGroupPath, parseTarget, verbOf, type ApiRequest } from './ApiRequest';
import { describeServer } from './discovery';
import { listObjects } from './list';
import { podLog } from './podLog';
import { requireAcceptsJson, respondError, respondJson, respondText } from './respond';
import { reviewAccess } from './reviews';
import { authenticate, authorize, isAllowed, type User } from './users';
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
  private readonly watches = new Set<Watch>();

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
  }

  private async answer(exchange: Exchange): Promise<void> {
    const { url, request } = exchange;
    const user = authenticate(this.options.users, request.headers.authorization);
    exchange.entry.user = user.name;
    requireAcceptsJson(exchange);
    const description = describeServer(url.pathname);
    if (description === 'ok') return respondText(exchange, 'ok');
    if (description) return respondJson(exchange, description);
    const path = parseGroupPath(url.pathname);
    if (!path) throw unknownPath();
    const [review] = path.rest;
    if (path.group === 'authorization.k8s.io' && request.method === 'POST') {
      const isReview = isAllowed(user, { verb: 'create', group: path.group, resource: review });
      if (!isReview || !/^selfsubject(access|rules)reviews$/.test(review)) throw notModelled(`${review} reviews`);
      return reviewAccess(exchange, user, review);
    }
    const target = parseTarget(path);
    const verb = verbOf(request.method ?? 'GET', target, url.searchParams);
    if (!verb) throw methodNotAllowed();
    authorize(user, verb, target);
    if (target.subresource && !(target.type.subresources as string[]).includes(target.subresource)) {
      throw notModelled(`the subresource ${target.type.plural}/${target.subresource}`);
    }
    return this.serve({ ...target, exchange, user, verb, query: url.searchParams });
  }

  private serve(request: ApiRequest): void | Promise<void> {
    const { cluster } = this.options;
    switch (request.verb) {
      case 'get':
        return this.get(request);
      case 'list':
        return respondJson(request.exchange, listObjects(cluster.store, request));
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
    const object = requireObject(this.options.cluster, request);
    if (request.subresource === 'log') respondText(request.exchange, podLog(object as Pod, request.query));
    else respondJson(request.exchange, viewOf(request, object));
  }

  private watch(request: ApiRequest): void {
    const { cluster, bookmarkIntervalMs } = this.options;
    const { store, clock } = cluster;
    const watch = Watch.open(request, { store, clock, bookmarkIntervalMs });
    this.watches.add(watch);
    request.exchange.response.once('close', () => this.watches.delete(watch));
  }
}
