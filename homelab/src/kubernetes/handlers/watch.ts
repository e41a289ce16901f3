// https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
import type { Timer } from '../../core';
import type { Cluster } from '../Cluster';
import { expired, invalidOptions } from '../codec/ApiError';
import type { KubernetesObject } from '../model';
import { apiVersionOf } from '../resourceTypes';
import type { Change } from '../state/ObjectStore';
import type { ApiRequest } from './ApiRequest';
import { resourceVersionOf, selectionOf } from './selection';
import { toTable, wantsTable } from './table';

/** What watches share. */
export interface WatchOptions {
  cluster: Cluster;
  /** Time between bookmarks for those who allow them; the API server sends one about every minute. */
  bookmarkIntervalMs: number;
}

/** A client that reads this far behind is cut off instead of being buffered for. */
const maxBufferedBytes = 16 * 1024 * 1024;

/** One open watch: owns its subscription, its timers and its response. */
export class Watch implements Disposable {
  private readonly resources: Disposable[] = [];
  private readonly isSelected: (object: KubernetesObject) => boolean;

  private constructor(
    private readonly request: ApiRequest,
    private readonly options: WatchOptions,
  ) {
    this.isSelected = selectionOf(request);
  }

  /** Answers with a stream. @throws ApiError before the stream begins, when the parameters are wrong */
  static open(request: ApiRequest, options: WatchOptions): Watch {
    if (request.query.get('sendInitialEvents') === 'true') {
      throw invalidOptions('ListOptions', {
        field: 'sendInitialEvents',
        reason: 'FieldValueForbidden',
        detail: 'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
      });
    }
    const from = resourceVersionOf(request.query);
    const watch = new Watch(request, options);
    watch.start(from);
    return watch;
  }

  [Symbol.dispose](): void {
    for (const resource of this.resources.splice(0)) resource[Symbol.dispose]();
    this.request.exchange.response.end();
  }

  private start(from: number | undefined): void {
    const { response } = this.request.exchange;
    const { store } = this.options.cluster;
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
    // Clients wait for the headers before they believe in the watch; there may be no event for a long time.
    response.flushHeaders();
    response.on('close', () => this[Symbol.dispose]());
    const changes = from === undefined ? [] : store.changesSince(from);
    if (!changes) {
      const message = `too old resource version: ${from} (${store.resourceVersion})`;
      this.send('ERROR', expired(message).toStatus());
      this[Symbol.dispose]();
      return;
    }
    if (from === undefined) this.sendPresent();
    for (const change of changes) this.pass(change);
    // A version from the future, say of an earlier life of this cluster, stays silent until it is reached.
    const after = from ?? 0;
    this.resources.push(store.subscribe(change => change.resourceVersion > after && this.pass(change)));
    this.startTimers();
  }

  private startTimers(): void {
    const { cluster, bookmarkIntervalMs } = this.options;
    const { clock } = cluster;
    const { query } = this.request;
    const timers: Timer[] = [];
    if (query.get('allowWatchBookmarks') === 'true') {
      timers.push(clock.setInterval(() => this.sendBookmark(), bookmarkIntervalMs));
    }
    const timeoutSeconds = Number(query.get('timeoutSeconds') ?? 0);
    if (timeoutSeconds > 0) timers.push(clock.setTimeout(() => this[Symbol.dispose](), timeoutSeconds * 1000));
    this.resources.push(...timers);
  }

  private sendPresent(): void {
    for (const object of this.options.cluster.store.list(this.request.type.kind) as KubernetesObject[]) {
      if (this.isSelected(object)) this.sendObject('ADDED', object);
    }
  }

  private sendBookmark(): void {
    const { type } = this.request;
    const metadata = { resourceVersion: String(this.options.cluster.store.resourceVersion), creationTimestamp: null };
    this.send('BOOKMARK', { kind: type.kind, apiVersion: apiVersionOf(type), metadata });
  }

  /** An object that begins or ceases to match the selectors is added or deleted for this watch. */
  private pass(change: Change): void {
    if (change.kind !== this.request.type.kind) return;
    const isIn = this.isSelected(change.object);
    const wasIn = change.previous !== undefined && this.isSelected(change.previous);
    if (change.type === 'DELETED') {
      if (wasIn) this.sendObject('DELETED', change.object);
    } else if (isIn) {
      this.sendObject(wasIn ? 'MODIFIED' : 'ADDED', change.object);
    } else if (wasIn && change.previous) {
      const metadata = { ...change.previous.metadata, resourceVersion: change.object.metadata.resourceVersion };
      this.sendObject('DELETED', { ...change.previous, metadata });
    }
  }

  private sendObject(type: string, object: KubernetesObject): void {
    const { cluster } = this.options;
    if (!wantsTable(this.request)) return this.send(type, object);
    const { resourceVersion } = object.metadata;
    return this.send(type, toTable(cluster, this.request.type, { objects: [object], metadata: { resourceVersion } }));
  }

  private send(type: string, object: object): void {
    const { response } = this.request.exchange;
    if (response.writableLength > maxBufferedBytes) response.destroy();
    else response.write(`${JSON.stringify({ type, object })}\n`);
  }
}
