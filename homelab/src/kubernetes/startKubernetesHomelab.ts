import {
  createCertificate,
  createRandom,
  createSystemClock,
  FaultPlan,
  Listener,
  RequestJournal,
  type Clock,
  type Random,
} from '../core';
import { Cluster } from './Cluster';
import { ClusterObjects } from './ClusterObjects';
import { ApiServer } from './handlers/ApiServer';
import { createTokens, createUsers, setRules, type PolicyRule, type Tokens } from './handlers/users';
import { LocalAddresses } from '../services/LocalAddresses';
import type { BigQueryAccess } from '../services/predictWithBigQuery';
import { ServiceNetwork } from '../services/ServiceNetwork';
import { createImageRegistry } from './imageRegistry';
import { seedSnapshot, type SeedName } from './seed';
import type { GeneratedSeed } from './seedGenerated';
import type { Snapshot } from './state/ObjectStore';
import type { UsageSource } from './usage';

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
  /** Gives NodePort and LoadBalancer services a port on loopback, named in an annotation; not by default. */
  hasLocalAddresses?: boolean;
  /** Where pods predict; without it they answer with what the seeded model would. */
  bigQuery?: BigQueryAccess;
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
  /** Number of pods that listen on a port of their own, which begins with the first request to them. */
  readonly listeningPodCount: number;
  /** Grows with each change. */
  readonly resourceVersion: number;
  /** Forgets the watch history: whoever resumes gets 410. */
  compact(): void;
  /** Cuts all open watches. */
  closeWatches(): void;
  /** Gives a token other rights from now on. */
  setRules(role: keyof Tokens, rules: PolicyRule[]): void;
  /** Everything that outlives a restart, as plain JSON. */
  snapshot(): Snapshot;
  close(): Promise<void>;
}

/** Starts a Kubernetes API server with its controllers on loopback. @throws the system's error when the port is taken */
export async function startKubernetesHomelab(options: KubernetesHomelabOptions = {}): Promise<KubernetesHomelab> {
  const { clock = createSystemClock(), random = createRandom(), podStartMs = 1_500 } = options;
  const registry = createImageRegistry(options.images);
  const state = options.state ?? seedSnapshot(options.seed ?? 'todo-app', { now: clock.now(), random, registry });
  const usage: UsageSource = (container, pod) => network.usage(container, pod);
  const cluster = new Cluster({ clock, random, registry, podStartMs, state, usage });
  const network = new ServiceNetwork(cluster.store, clock, options.bigQuery);
  const tokens = { ...createTokens(random), ...options.tokens };
  const { bookmarkIntervalMs = 60_000 } = options;
  const users = createUsers(tokens);
  const server = new ApiServer({
    cluster,
    users,
    bookmarkIntervalMs,
    serviceProxy: network.proxy,
  });
  const journal = new RequestJournal();
  const faults = new FaultPlan();
  const certificate = createCertificate();
  const listener = await startListener(cluster, () =>
    Listener.start({
      port: options.port,
      clock,
      faults,
      journal,
      certificate,
      handle: exchange => server.handle(exchange),
      fail: (exchange, status) => server.fail(exchange, status),
    }),
  );
  const { store, resources } = cluster;
  const addresses = options.hasLocalAddresses
    ? await LocalAddresses.open({ store, resources, clock, network })
    : undefined;
  const close = async () => {
    server[Symbol.dispose]();
    cluster[Symbol.dispose]();
    await addresses?.[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
    await listener.close();
  };
  return {
    name: options.name ?? 'homelab-k3s',
    url: listener.url,
    secureUrl: listener.url.replace('http:', 'https:'),
    certificateAuthority: certificate.certificate,
    tokens,
    journal,
    faults,
    objects: new ClusterObjects(cluster),
    get openWatchCount() {
      return server.openWatchCount;
    },
    get openSocketCount() {
      return listener.openSocketCount;
    },
    get listeningPodCount() {
      return network.listeningPodCount;
    },
    get resourceVersion() {
      return cluster.store.resourceVersion;
    },
    compact: () => cluster.store.compact(),
    closeWatches: () => server.closeWatches(),
    setRules: (role, rules) => setRules(users, tokens[role], rules),
    snapshot: () => cluster.store.snapshot(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A cluster whose server cannot listen must not keep its timers. */
async function startListener(cluster: Cluster, start: () => Promise<Listener>): Promise<Listener> {
  try {
    return await start();
  } catch (error) {
    cluster[Symbol.dispose]();
    throw error;
  }
}
