import { UpstreamError, type Connection } from '@leitstand/plugin-kit-common';
import type { KubernetesClientOptions } from '../client/KubernetesClient';
import type { ClusterConfig } from '../config';
import { operateRights, readRights } from '../model/neededRights';
import { CredentialCheck } from './CredentialCheck';

/** How one cluster is reached, for reading and, where it may be changed, for operating. */
export interface ClusterConnectionOptions extends KubernetesClientOptions {
  read: ClusterConfig;
  operate: ClusterConfig | undefined;
  now?: () => Date;
}

/** How long a check is good for, in milliseconds. */
const checkLifeMs = 30_000;
/** The same when somebody asks for a new one. */
const refreshLifeMs = 3_000;

/** How the portal is connected to one cluster; one check at a time, shared by all who ask. */
export class ClusterConnection {
  readonly #cluster: ClusterConfig;
  readonly #read: CredentialCheck;
  readonly #operate: CredentialCheck | undefined;
  readonly #now: () => Date;
  readonly #closing = new AbortController();
  #last: { connection: Connection; at: number } | undefined;
  #running: Promise<Connection> | undefined;
  #lastError: Connection['lastError'];
  #observedAt: string | undefined;

  constructor(options: ClusterConnectionOptions) {
    const { read, operate, timeoutMs = 5_000 } = options;
    this.#cluster = read;
    this.#read = new CredentialCheck({ use: 'read', cluster: read, rights: readRights, timeoutMs });
    this.#operate =
      operate &&
      new CredentialCheck({
        use: 'operate',
        cluster: operate,
        rights: operateRights,
        namespaces: operate.namespaces,
        timeoutMs,
      });
    this.#now = options.now ?? (() => new Date());
  }

  /** The last check, or a new one when that is too old; `refresh`: when it is a few seconds old. */
  async get(options: { refresh: boolean }): Promise<Connection> {
    const lifeMs = options.refresh ? refreshLifeMs : checkLifeMs;
    if (this.#last && this.#now().getTime() - this.#last.at < lifeMs) return this.#last.connection;
    this.#running ??= this.#check().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Ends every request and connection. */
  close(): void {
    this.#closing.abort();
    this.#read.close();
    this.#operate?.close();
  }

  async #check(): Promise<Connection> {
    const { signal } = this.#closing;
    const startedAt = performance.now();
    const version = await this.#read.version(signal).catch(reason => this.#note(reason));
    const latencyMs = Math.round(performance.now() - startedAt);
    const isReached = typeof version === 'string' || hasAnswered(version);
    const credentials = isReached ? await this.#checkCredentials(signal) : this.#uncheckedCredentials();
    if (isReached) this.#observedAt = this.#now().toISOString();
    const connection: Connection = {
      system: 'Kubernetes',
      name: this.#cluster.name,
      address: withoutUserInfo(this.#cluster.url),
      state: isReached ? stateOf(credentials) : 'unreachable',
      ...(typeof version === 'string' ? { version } : {}),
      ...(isReached ? { latencyMs } : {}),
      credentials,
      lastError: this.#lastError,
      observedAt: this.#observedAt,
      checkedAt: this.#now().toISOString(),
    };
    this.#last = { connection, at: this.#now().getTime() };
    return connection;
  }

  async #checkCredentials(signal: AbortSignal): Promise<Connection['credentials']> {
    const checks = [this.#read, ...(this.#operate ? [this.#operate] : [])];
    const results = await Promise.all(checks.map(check => check.run(signal)));
    results.forEach(({ error }) => error && this.#note(error));
    return [...results.map(({ credentials }) => credentials), ...(this.#operate ? [] : [this.#noOperator()])];
  }

  #uncheckedCredentials(): Connection['credentials'] {
    const operator = this.#operate ? { use: 'operate' as const, rights: [] } : this.#noOperator();
    return [{ use: 'read', rights: [] }, operator];
  }

  #noOperator(): Connection['credentials'][number] {
    return {
      use: 'operate',
      problem: `There are none, so nothing can be changed on ${this.#cluster.name}. Set operations.upstreams.kubernetes.clusters.`,
      rights: [],
    };
  }

  /** @throws what is no error of the cluster's */
  #note(reason: unknown): UpstreamError {
    if (!(reason instanceof UpstreamError)) throw reason;
    this.#lastError = { code: reason.code, message: reason.message, at: this.#now().toISOString() };
    return reason;
  }
}

/** Refusing is answering. */
function hasAnswered(error: UpstreamError): boolean {
  return error.upstreamStatus !== undefined && error.upstreamStatus < 500;
}

/** Credentials for operating that are not given are a choice, not a fault. */
function stateOf(credentials: Connection['credentials']): Connection['state'] {
  const given = credentials.filter(({ rights }) => rights.length > 0);
  const isWhole = given.every(({ problem, rights }) => !problem && rights.every(({ isGranted }) => isGranted));
  return isWhole ? 'connected' : 'partial';
}

function withoutUserInfo(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.toString().replace(/\/$/, '');
}
