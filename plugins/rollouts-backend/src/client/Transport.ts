import * as http from 'node:http';
import * as https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import type { ClusterConfig } from '../config';
import { GoogleTokens } from './GoogleTokens';
import { connectionError, googleTokenError, timeoutError, type KubernetesCall } from './kubernetesErrors';
import { loadKubernetesLibrary } from './kubernetesLibrary';

/** One HTTP request below the cluster's address. */
export interface TransportRequest {
  call: KubernetesCall;
  method: 'GET' | 'PATCH' | 'POST' | 'DELETE';
  /** Path and query, already encoded. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Until the answer's head is there, in milliseconds. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** How long an unused connection is kept; API servers end theirs after 90 s. */
const idleConnectionMs = 20_000;

interface OpenOptions {
  method: string;
  headers: http.OutgoingHttpHeaders;
  agent: http.Agent;
  signal: AbortSignal;
}

/**
 * HTTP to one cluster over kept connections. Address, certificates and credential come from a `KubeConfig`, which is asked
 * again for each request, so that an authenticator can renew what it gives.
 *
 * The generated API classes are not used: they drop fields that they do not know, and a pod template that is put back
 * must be exactly what it was; nor is `Watch`: it cannot be ended before the answer's head has come.
 */
export class Transport {
  readonly #cluster: ClusterConfig;
  readonly #googleTokens: GoogleTokens | undefined;
  #config: Promise<KubeConfig> | undefined;
  readonly #closing = new AbortController();
  #agent: http.Agent | undefined;

  constructor(cluster: ClusterConfig) {
    this.#cluster = cluster;
    this.#googleTokens = cluster.google && new GoogleTokens(cluster.google);
  }

  /**
   * Sends one request and gives the answer as soon as its head is there; its body then follows the same signal.
   *
   * @throws UpstreamError with code `UPSTREAM_UNREACHABLE` or `UPSTREAM_TIMEOUT`
   */
  async send(request: TransportRequest): Promise<http.IncomingMessage> {
    const signal = AbortSignal.any([request.signal, this.#closing.signal]);
    signal.throwIfAborted();
    const options: Omit<https.RequestOptions, 'headers'> & { headers?: http.OutgoingHttpHeaders } = {};
    this.#config ??= loadKubeConfig(this.#cluster);
    await (await this.#config).applyToHTTPSOptions(options);
    const authorization = await this.#authorization(request.call);
    const own = { accept: 'application/json', 'user-agent': 'leitstand' };
    const headers = { ...own, ...options.headers, ...authorization, ...request.headers };
    const agent = this.#keptAgent(options);
    return this.#open(request, { method: request.method, headers, agent, signal });
  }

  /** Ends every request and connection. */
  close(): void {
    this.#closing.abort();
    this.#agent?.destroy();
  }

  /** Google's tokens live an hour; the library keeps one until shortly before. */
  async #authorization(call: KubernetesCall): Promise<{ authorization?: string }> {
    if (!this.#googleTokens) return {};
    try {
      return { authorization: `Bearer ${await this.#googleTokens.get()}` };
    } catch (error) {
      throw googleTokenError(call, error);
    }
  }

  #open(request: TransportRequest, options: OpenOptions, isRepeated = false): Promise<http.IncomingMessage> {
    const url = new URL(this.#cluster.url + request.path);
    return new Promise((resolve, reject) => {
      const { request: send } = url.protocol === 'http:' ? http : https;
      const outgoing = send(url, options);
      const timer = setTimeout(
        () => outgoing.destroy(timeoutError(request.call, request.timeoutMs)),
        request.timeoutMs,
      );
      outgoing.once('close', () => clearTimeout(timer));
      outgoing.once('socket', socket => socket.setKeepAlive(true, 30_000));
      outgoing.once('error', error => {
        // The server has given up a kept connection at the moment at which it was used again. Only reading is repeated.
        const isKeptSocketLost = outgoing.reusedSocket && errorCodeOf(error) === 'ECONNRESET';
        if (isKeptSocketLost && request.method === 'GET' && !isRepeated) resolve(this.#open(request, options, true));
        else reject(this.#explain(error, request, options.signal));
      });
      outgoing.once('response', response => {
        clearTimeout(timer);
        resolve(response);
      });
      outgoing.end(request.body);
    });
  }

  #explain(error: Error, request: TransportRequest, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    return error.name === 'UpstreamError' ? error : connectionError(request.call, error);
  }

  /** client-node makes a new agent, hence a new TLS handshake, for each request. */
  #keptAgent(options: https.RequestOptions): http.Agent {
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    this.#agent ??= this.#cluster.url.startsWith('http:')
      ? new http.Agent({ keepAlive: true, timeout: idleConnectionMs })
      : new https.Agent({ keepAlive: true, timeout: idleConnectionMs, ca, cert, key, servername, rejectUnauthorized });
    return this.#agent;
  }
}

async function loadKubeConfig(cluster: ClusterConfig): Promise<KubeConfig> {
  const { KubeConfig: Config } = await loadKubernetesLibrary();
  const config = new Config();
  const { name, url: server, caData, caFile, skipTLSVerify } = cluster;
  config.loadFromClusterAndUser(
    { name, server, caData, caFile, skipTLSVerify },
    { name: 'leitstand', token: cluster.serviceAccountToken },
  );
  return config;
}
