import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { UpstreamError } from '@leitstand/plugin-kit-common';
import { recordUpstreamCall, type UpstreamCall } from '@leitstand/plugin-kit-node';
import type { z } from 'zod/v3';
import type { ClusterConfig } from '../config';
import { admissionRefusalOf } from './admissionRefusal';
import { connectionError, errorOfStatus, timeoutError, unreadableError, type KubernetesCall } from './kubernetesErrors';
import { linesOf } from './linesOf';
import { pathOf, queryOf, writeQueryOf } from './paths';
import type {
  LogSelection,
  ObjectList,
  ObjectPlace,
  ObjectSelection,
  PatchOperation,
  ResourceName,
  ResourceType,
  ReviewType,
  WatchEvent,
  WriteOptions,
} from './requests';
import { Transport } from './Transport';
import { listSchema, statusSchema, versionedSchema, versionSchema, watchFrameSchema } from './wire';

export type * from './requests';

/** How a {@link KubernetesClient} behaves; all times in milliseconds. */
export interface KubernetesClientOptions {
  /** Until an answer has begun, and until a body that is not a watch is complete. Default: 10,000. */
  timeoutMs?: number;
  /** After how long the server is asked to end a watch. Default: 240,000. */
  watchMs?: number;
  /** Objects a page of a list. Default: 500. */
  pageSizeCount?: number;
  /** Told of each request when its answer has begun. Default: the metrics. */
  onRequest?: (call: UpstreamCall) => void;
}

/** Objects of a page that are parsed in one go; a hundred pods take a few milliseconds. */
const parsedAtOnceCount = 100;

/** The Kubernetes API of one cluster with one credential. All methods throw `UpstreamError`, or the signal's reason. */
export class KubernetesClient {
  readonly cluster: string;
  readonly #transport: Transport;
  readonly #timeoutMs: number;
  readonly #watchMs: number;
  readonly #pageSizeCount: number;
  readonly #onRequest: (call: UpstreamCall) => void;

  private constructor(cluster: ClusterConfig, options: KubernetesClientOptions) {
    this.cluster = cluster.name;
    this.#transport = new Transport(cluster);
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#watchMs = options.watchMs ?? 240_000;
    this.#pageSizeCount = options.pageSizeCount ?? 500;
    this.#onRequest = options.onRequest ?? recordUpstreamCall;
  }

  static create(cluster: ClusterConfig, options: KubernetesClientOptions = {}): KubernetesClient {
    return new KubernetesClient(cluster, options);
  }

  async get<TObject>(type: ResourceType<TObject>, object: ObjectPlace, signal: AbortSignal): Promise<TObject> {
    const call = this.#call('get', type, object);
    const response = await this.#send({ call, method: 'GET', path: pathOf(type, object), signal });
    return this.#parse(call, type.schema, await this.#readJson(call, response));
  }

  /** Reads all pages. A page token that expires half way is an error with status 410: the list must start again. */
  async list<TObject>(
    type: ResourceType<TObject>,
    selection: ObjectSelection,
    signal: AbortSignal,
  ): Promise<ObjectList<TObject>> {
    const call = this.#call('list', type, selection);
    const items: TObject[] = [];
    let token: string | undefined;
    for (;;) {
      const path = `${pathOf(type, selection)}?${queryOf(selection, { limit: this.#pageSizeCount, continue: token })}`;
      const response = await this.#send({ call, method: 'GET', path, signal });
      const page = this.#parse(call, listSchema, await this.#readJson(call, response));
      for (const item of page.items) {
        items.push(this.#parse(call, type.schema, item));
        if (items.length % parsedAtOnceCount === 0) await setImmediate(); // other requests come between
      }
      token = page.metadata.continue || undefined;
      if (!token) return { items, resourceVersion: page.metadata.resourceVersion };
    }
  }

  /**
   * Follows changes from a version on; ends when the server ends the watch. The first event says that the server has
   * accepted it.
   *
   * @throws UpstreamError with `upstreamStatus` 410 when the version is no longer kept
   */
  async *watch<TObject>(
    type: ResourceType<TObject>,
    selection: ObjectSelection & { resourceVersion: string },
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent<TObject>> {
    const call = this.#call('watch', type, selection);
    const query = queryOf(selection, {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: selection.resourceVersion,
      timeoutSeconds: Math.ceil(this.#watchMs / 1000),
    });
    const response = await this.#send({ call, method: 'GET', path: `${pathOf(type, selection)}?${query}`, signal });
    // A peer that vanished without a word would keep the connection open for ever.
    const deadline = setTimeout(
      () => response.destroy(timeoutError(call, this.#watchMs + this.#timeoutMs)),
      this.#watchMs + this.#timeoutMs,
    );
    try {
      yield { type: 'opened' };
      for await (const line of linesOf(response)) yield this.#readFrame(call, type, line);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof UpstreamError ? error : connectionError(call, error);
    } finally {
      clearTimeout(deadline);
      response.destroy();
    }
  }

  /** Patches one object by JSON patch. */
  async patch<TObject>(
    type: ResourceType<TObject>,
    object: ObjectPlace,
    patch: WriteOptions & { operations: PatchOperation[] },
  ): Promise<TObject> {
    const call = this.#call('patch', type, object);
    return this.#parse(
      call,
      type.schema,
      await this.#write({
        call,
        method: 'PATCH',
        path: `${pathOf(type, object)}?${writeQueryOf(patch)}`,
        body: patch.operations,
        contentType: 'application/json-patch+json',
        signal: patch.signal,
      }),
    );
  }

  /** Creates one object. A name that is taken is an error with status 409. */
  async create<TObject>(
    type: ResourceType<TObject>,
    namespace: string,
    create: WriteOptions & { body: { metadata: { name: string } } },
  ): Promise<TObject> {
    const { body, signal } = create;
    const call = this.#call('create', type, { namespace, name: body.metadata.name });
    const path = `${pathOf(type, { namespace })}?${writeQueryOf(create)}`;
    return this.#parse(call, type.schema, await this.#write({ call, method: 'POST', path, body, signal }));
  }

  /** Deletes one object, and in the background what it owns. Another object of that name is an error with status 409. */
  async delete(
    type: ResourceName,
    object: ObjectPlace,
    options: Omit<WriteOptions, 'fieldManager'> & { uid: string },
  ): Promise<void> {
    const call = this.#call('delete', type, object);
    const body = {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      preconditions: { uid: options.uid },
      propagationPolicy: 'Background',
      ...(options.dryRun ? { dryRun: ['All'] } : {}),
    };
    await this.#write({ call, method: 'DELETE', path: pathOf(type, object), body, signal: options.signal });
  }

  /** A container's log, each line with its time; follows the signal until it is read. */
  async openLog(pod: ObjectPlace, selection: LogSelection, signal: AbortSignal): Promise<IncomingMessage> {
    const type = { group: '', version: 'v1', plural: 'pods' };
    const call = { ...this.#call('get', type, pod), resource: 'pods/log' };
    const query = queryOf({}, { timestamps: 'true', ...selection });
    return this.#send({ call, method: 'GET', path: `${pathOf(type, pod)}/log?${query}`, signal });
  }

  /** Asks something that the server answers and does not keep, for example an access review. */
  async review<TAnswer>(type: ReviewType<TAnswer>, spec: object, signal: AbortSignal): Promise<TAnswer> {
    const call = this.#call('create', type, {});
    const body = { kind: type.kind, apiVersion: `${type.group}/${type.version}`, spec };
    const path = pathOf(type, {});
    return this.#parse(call, type.schema, await this.#write({ call, method: 'POST', path, body, signal }));
  }

  /** The version of the API server, for example `v1.32.4+k3s1`. */
  async version(signal: AbortSignal): Promise<string> {
    const call = { cluster: this.cluster, verb: 'get', resource: 'version', group: '' };
    const response = await this.#send({ call, method: 'GET', path: '/version', signal });
    return this.#parse(call, versionSchema, await this.#readJson(call, response)).gitVersion;
  }

  /** Ends every request and connection. */
  close(): void {
    this.#transport.close();
  }

  #call(verb: string, type: ResourceName, object: { namespace?: string; name?: string }): KubernetesCall {
    const { namespace, name } = object;
    const resource = [type.plural, type.subresource].filter(Boolean).join('/');
    return { cluster: this.cluster, verb, resource, group: type.group, namespace, name };
  }

  /** Sends a body and reads the answer. */
  async #write(request: {
    call: KubernetesCall;
    method: 'PATCH' | 'POST' | 'DELETE';
    path: string;
    body: unknown;
    /** Default: `application/json`. */
    contentType?: string;
    signal: AbortSignal;
  }): Promise<unknown> {
    const { body, contentType = 'application/json', ...rest } = request;
    const text = JSON.stringify(body);
    // Node gives a DELETE with a body no length by itself.
    const headers = { 'content-type': contentType, 'content-length': String(Buffer.byteLength(text)) };
    return this.#readJson(request.call, await this.#send({ ...rest, headers, body: text }));
  }

  async #send(request: Omit<Parameters<Transport['send']>[0], 'timeoutMs'>): Promise<IncomingMessage> {
    const { cluster, verb, resource } = request.call;
    const startedAt = performance.now();
    let result = 'aborted';
    try {
      const response = await this.#transport.send({ ...request, timeoutMs: this.#timeoutMs });
      const status = response.statusCode ?? 0;
      result = 'ok';
      if (status >= 200 && status < 300) return response;
      const refusal = await admissionRefusalOf(response, this.#timeoutMs);
      response.resume();
      throw errorOfStatus(request.call, status, refusal);
    } catch (error) {
      if (error instanceof UpstreamError) result = error.code;
      throw error;
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      this.#onRequest({ system: 'kubernetes', connection: cluster, operation: `${verb} ${resource}`, result, seconds });
    }
  }

  async #readJson(call: KubernetesCall, response: IncomingMessage): Promise<unknown> {
    const timer = setTimeout(() => response.destroy(timeoutError(call, this.#timeoutMs)), this.#timeoutMs);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of response) chunks.push(chunk as Buffer);
    } catch (error) {
      if (error instanceof UpstreamError || isAbort(error)) throw error;
      throw connectionError(call, error);
    } finally {
      clearTimeout(timer);
    }
    try {
      return JSON.parse(Buffer.concat(chunks).toString('utf8'));
    } catch {
      throw unreadableError(call, new Error('not JSON'));
    }
  }

  #parse<TOutput>(call: KubernetesCall, schema: z.ZodType<TOutput, z.ZodTypeDef, unknown>, value: unknown): TOutput {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw unreadableError(call, parsed.error);
  }

  #readFrame<TObject>(call: KubernetesCall, type: ResourceType<TObject>, line: string): WatchEvent<TObject> {
    const frame = this.#parse(call, watchFrameSchema, parseJson(call, line));
    if (frame.type === 'ERROR') {
      throw errorOfStatus(call, this.#parse(call, statusSchema, frame.object).code);
    }
    const { resourceVersion } = this.#parse(call, versionedSchema, frame.object).metadata;
    if (frame.type === 'BOOKMARK') return { type: 'bookmark', resourceVersion };
    const object = this.#parse(call, type.schema, frame.object);
    return { type: frame.type === 'DELETED' ? 'deleted' : 'changed', object, resourceVersion };
  }
}

function parseJson(call: KubernetesCall, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadableError(call, new Error('not JSON'));
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
