import {
  createCertificate,
  createRandom,
  createSystemClock,
  FaultPlan,
  Listener,
  RequestJournal,
  type Certificate,
  type Clock,
  type ListenerOptions,
  type Random,
} from '../core';
import { Cluster } from './Cluster';
import { ClusterObjects } from './ClusterObjects';
import { ApiServer } from './handlers/ApiServer';
import { createTokens, createUsers, type Tokens } from './handlers/users';
import { createImageRegistry } from './imageRegistry';
import { seedSnapshot, type SeedName } from './seed';
import type { GeneratedSeed } from './seedGenerated';
import type { Snapshot } from './state/ObjectStore';

/** How a Kubernetes homelab starts; everything has a default. */
export interface KubernetesHomelabOptions {
  /** Name of the cluster, `homelab-k3s` by default; it names kubeconfig's context. */
  name?: string;
  /** 0, the default, takes a free port of 127.0.0.1. */
  port?: number;
  /** What there is at the start when no `state` is given: a story or a size; `todo-app` by default. */
  seed?: SeedName | GeneratedSeed;
  clock?: Clock;
  random?: Random;
  /** From a pod's assignment to ready; 1500 by default. Stopping one takes a third of it. */
  podStartMs?: number;
  /** Time between bookmarks; 60,000 by default. */
  bookmarkIntervalMs?: number;
  /** Goes on from here. */
  state?: Snapshot;
  /** Fixed tokens, say for a process that restarts; random ones by default. */
  tokens?: Partial<Tokens>;
  /** Images that exist beside those of the seeds, with their tags. */
  images?: string[];
}

/** A running homelab cluster. Ends with `close()` or `await using`. */
export interface KubernetesHomelab extends AsyncDisposable {
  readonly name: string;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The same with TLS: kubectl sends no token without it. */
  readonly secureUrl: string;
  /** PEM certificate of `secureUrl`, new with each start. */
  readonly certificateAuthority: string;
  readonly tokens: Tokens;
  readonly journal: RequestJournal;
  readonly faults: FaultPlan;
  /** Acts as the API does, with all rights. */
  readonly objects: ClusterObjects;
  /** Number of watches that are open. */
  readonly openWatchCount: number;
  /** Number of TCP connections that are open. */
  readonly openSocketCount: number;
  /** Grows with each change. */
  readonly resourceVersion: number;
  /** Forgets the watch history: whoever resumes gets 410. */
  compact(): void;
  /** Cuts all open watches. */
  closeWatches(): void;
  /** Everything that outlives a restart, as plain JSON. */
  snapshot(): Snapshot;
  close(): Promise<void>;
}

/** Starts a Kubernetes API server with its controllers on loopback. @throws the system's error when the port is taken */
export async function startKubernetesHomelab(options: KubernetesHomelabOptions = {}): Promise<KubernetesHomelab> {
  const { clock = createSystemClock(), random = createRandom(), podStartMs = 1_500 } = options;
  const registry = createImageRegistry(options.images);
  const state = options.state ?? seedSnapshot(options.seed ?? 'todo-app', { now: clock.now(), random, registry });
  const cluster = new Cluster({ clock, random, registry, podStartMs, state });
  const tokens = { ...createTokens(random), ...options.tokens };
  const { bookmarkIntervalMs = 60_000 } = options;
  const server = new ApiServer({ cluster, users: createUsers(tokens), bookmarkIntervalMs });
  const journal = new RequestJournal();
  const faults = new FaultPlan();
  const certificate = createCertificate();
  const listener = await startListener(cluster, {
    port: options.port,
    clock,
    faults,
    journal,
    certificate,
    handle: exchange => server.handle(exchange),
    fail: (exchange, status) => server.fail(exchange, status),
  });
  const name = options.name ?? 'homelab-k3s';
  return new RunningHomelab({ name, cluster, server, listener, tokens, journal, faults, certificate });
}

/** What a homelab is made of. */
interface HomelabParts {
  name: string;
  cluster: Cluster;
  server: ApiServer;
  listener: Listener;
  tokens: Tokens;
  journal: RequestJournal;
  faults: FaultPlan;
  certificate: Certificate;
}

class RunningHomelab implements KubernetesHomelab {
  readonly name: string;
  readonly url: string;
  readonly secureUrl: string;
  readonly certificateAuthority: string;
  readonly tokens: Tokens;
  readonly journal: RequestJournal;
  readonly faults: FaultPlan;
  readonly objects: ClusterObjects;

  constructor(private readonly parts: HomelabParts) {
    this.name = parts.name;
    this.url = parts.listener.url;
    this.secureUrl = this.url.replace('http:', 'https:');
    this.certificateAuthority = parts.certificate.certificate;
    this.tokens = parts.tokens;
    this.journal = parts.journal;
    this.faults = parts.faults;
    this.objects = new ClusterObjects(parts.cluster);
  }

  get openWatchCount(): number {
    return this.parts.server.openWatchCount;
  }

  get openSocketCount(): number {
    return this.parts.listener.openSocketCount;
  }

  get resourceVersion(): number {
    return this.parts.cluster.store.resourceVersion;
  }

  compact(): void {
    this.parts.cluster.store.compact();
  }

  closeWatches(): void {
    this.parts.server.closeWatches();
  }

  snapshot(): Snapshot {
    return this.parts.cluster.store.snapshot();
  }

  async close(): Promise<void> {
    this.parts.server[Symbol.dispose]();
    this.parts.cluster[Symbol.dispose]();
    await this.parts.listener.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** A cluster whose server cannot listen must not keep its timers. */
async function startListener(cluster: Cluster, options: ListenerOptions): Promise<Listener> {
  try {
    return await Listener.start(options);
  } catch (error) {
    cluster[Symbol.dispose]();
    throw error;
  }
}
