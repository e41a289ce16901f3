import { setTimeout } from 'node:timers/promises';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type DatabaseService,
  type LoggerService,
  type RootConfigService,
  type RootLifecycleService,
} from '@backstage/backend-plugin-api';

/** Key of the advisory lock, two 32 bit numbers: "LEIT" in ASCII, and which lock of ours it is. */
const startLockKey = [0x4c454954, 1];

/**
 * How often a waiting process asks. It never waits inside a statement: an index that the other process makes concurrently
 * would wait for that statement's end, and neither would ever go on.
 */
const askIntervalMs = 100;

/** Longest wait for other processes. A process that cannot begin by then gives up, and its supervisor tries again. */
const waitLimitMs = 5 * 60_000;

/** The plugin whose database holds the lock; advisory locks belong to one database. */
const lockPluginId = 'operations';

type Database = Awaited<ReturnType<DatabaseService['getClient']>>;

/** The turn of one process to start. */
export interface StartTurn {
  /** Lets the next process start. Harmless when it was called before. */
  release(): Promise<void>;
}

/** How a turn is waited for. */
export interface StartTurnOptions {
  config: RootConfigService;
  logger: LoggerService;
  /** Default: 5 minutes. */
  waitLimitMs?: number;
}

/**
 * Waits until no other process on the same PostgreSQL starts. Backstage's plugins bring their tables up to date when they
 * start, and two that do so on an empty database at once collide: one of them ends with a duplicate type or a locked
 * migration. With any other database there is one process, and nothing to wait for.
 *
 * The lock belongs to one connection, so a process that dies gives it back
 * ({@link https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS | PostgreSQL, 13.3.5}). Known
 * limitation: it does not pass through a connection pool in transaction mode.
 *
 * @throws Error when the database cannot be reached or the wait is too long
 */
export async function waitForStartTurn(options: StartTurnOptions): Promise<StartTurn> {
  const { config, logger } = options;
  if (config.getOptionalString('backend.database.client') !== 'pg') return { release: async () => undefined };
  const { database, close } = await openOwnDatabase(options);
  try {
    return await takeLock({ database, close, logger, waitLimitMs: options.waitLimitMs ?? waitLimitMs });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connections that live as long as the turn, which {@link StartTurn.release} ends. */
async function openOwnDatabase({ config, logger }: StartTurnOptions) {
  const endings: (() => void | Promise<void>)[] = [];
  const lifecycle: RootLifecycleService = {
    addStartupHook: () => undefined,
    addBeforeShutdownHook: () => undefined,
    addShutdownHook: ending => void endings.push(ending),
  };
  const options = { migrations: { skip: true }, rootLifecycle: lifecycle };
  const manager = DatabaseManager.fromConfig(config, options);
  const database = await manager.forPlugin(lockPluginId, { logger, lifecycle }).getClient();
  const close = async () => {
    // The manager ends its timer, which would ask a closed pool for ever; 0.18 leaves the pool of PostgreSQL open.
    for (const end of endings) await end();
    await database.destroy();
  };
  return { database, close };
}

interface LockOptions {
  database: Database;
  close(): Promise<void>;
  logger: LoggerService;
  waitLimitMs: number;
}

async function takeLock({ database, close, ...options }: LockOptions): Promise<StartTurn> {
  const connection: unknown = await database.client.acquireConnection();
  const run = (sql: string, bindings: number[] = []) => database.raw(sql, bindings).connection(connection);
  const giveBack = () => database.client.releaseConnection(connection);
  const isTaken = async () => (await run('select pg_try_advisory_lock(?, ?) as taken', startLockKey)).rows[0].taken;
  try {
    const endsAt = performance.now() + options.waitLimitMs;
    for (let isFirst = true; !(await isTaken()); isFirst = false) {
      if (isFirst) options.logger.info('Another process is starting on this database: this one waits for it');
      if (performance.now() > endsAt)
        throw new Error('Another process did not finish its start on this database in time');
      await setTimeout(askIntervalMs);
    }
  } catch (error) {
    await giveBack(); // the end of the pool waits for it
    throw error;
  }
  let released: Promise<void> | undefined;
  const release = async () => {
    await run('select pg_advisory_unlock(?, ?)', startLockKey);
    await giveBack();
    await close();
  };
  return {
    release: () => {
      released ??= release();
      return released;
    },
  };
}

/** Nobody asks for it: that it is there makes the server wait for its turn. */
const startTurnServiceRef = createServiceRef<StartTurn>({ id: 'leitstand.startTurn', scope: 'root' });

/** Makes the server wait for its turn before any plugin starts, and give it on when all have. */
export const startInTurnFeature = createServiceFactory({
  service: startTurnServiceRef,
  initialization: 'always',
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  async factory({ config, lifecycle, logger }) {
    const turn = await waitForStartTurn({ config, logger });
    lifecycle.addStartupHook(() => turn.release());
    lifecycle.addShutdownHook(() => turn.release()); // of a server that was told to end before all had started
    return turn;
  },
});
