import { ResponseError } from '@backstage/errors';
import type { z } from 'zod/v3';

/** Where a plugin's routes are: `DiscoveryApi` in the browser, `DiscoveryService` in the backend. */
export interface BaseUrlSource {
  getBaseUrl(pluginId: string): Promise<string>;
}

/** `FetchApi` in the browser; in the backend a fetch that adds a plugin token. */
export interface FetchSource {
  fetch: typeof fetch;
}

/** One call of {@link JsonClient.open}. */
export interface RawRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the plugin's base URL; every segment already encoded, for example `/v1/runs/42`. */
  path: string;
  /** Undefined values are left out. */
  query?: Record<string, string | number | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
}

/** One call of {@link JsonClient.request}. */
export interface JsonRequest<TSchema extends z.ZodTypeAny> extends RawRequest {
  response: TSchema;
}

/** What a typed client needs from the side it runs on. */
export interface JsonClientOptions {
  pluginId: string;
  discoveryApi: BaseUrlSource;
  fetchApi: FetchSource;
}

/** Typed JSON over fetch for one backend plugin; the contract packages build their clients on it. */
export class JsonClient {
  readonly #options: JsonClientOptions;

  constructor(options: JsonClientOptions) {
    this.#options = options;
  }

  /**
   * Sends one request and parses its answer.
   *
   * @throws ResponseError when the status is not 2xx
   * @throws ZodError when the answer does not fit the schema
   */
  async request<TSchema extends z.ZodTypeAny>(request: JsonRequest<TSchema>): Promise<z.output<TSchema>> {
    const response = await this.open(request);
    return request.response.parse(await response.json());
  }

  /**
   * Sends one request and hands its answer out unread; for bodies that are streams of something else than JSON.
   *
   * @throws ResponseError when the status is not 2xx
   */
  async open(request: RawRequest): Promise<Response> {
    const url = new URL(`${await this.#options.discoveryApi.getBaseUrl(this.#options.pluginId)}${request.path}`);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await this.#options.fetchApi.fetch(url.toString(), {
      method: request.method ?? 'GET',
      signal: request.signal,
      ...(request.body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request.body) }),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}
