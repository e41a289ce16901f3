import type { BackstageCredentials, LoggerService, PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { authorize, safeError } from '@leitstand/plugin-kit-node';
import { LatestState, type LiveSource, type LiveState } from '@leitstand/plugin-live-node';
import {
  idParamsSchema,
  isFinished,
  operationsReadPermission,
  type OperationErrorCode,
  type Run,
} from '@leitstand/plugin-operations-common';
import { createHash } from 'node:crypto';
import type { RunReader } from '../database/RunReader';
import { PollLoop } from '../execution/PollLoop';

/** How often runs are looked at that another process carries out, in milliseconds. */
const pollMs = 1_000;

interface ReadRun {
  latest: LatestState;
  readerCount: number;
  /** Of the run when it was last looked at because another process might have changed it. */
  version: number;
  /** One look at the ledger after the other, so that an older one never overtakes a newer one. */
  looking: Promise<void>;
}

/** What the topics stand on. */
export interface RunTopicsOptions {
  permissions: PermissionsService;
  reader: RunReader;
  logger: LoggerService;
}

/**
 * The live topics `operations:run/<id>`: the whole run on each change. Only runs that somebody reads are kept here. What this
 * process changes is told at once, what others change within a second: one statement asks for all.
 */
export class RunTopics implements LiveSource {
  readonly prefix = 'operations';
  readonly #options: RunTopicsOptions;
  readonly #read = new Map<string, ReadRun>();
  readonly #loop: PollLoop;

  constructor(options: RunTopicsOptions) {
    this.#options = options;
    this.#loop = new PollLoop({
      act: () => this.#poll(),
      onError: error => options.logger.error('Changes of runs cannot be read', safeError(error)),
      everyMs: pollMs,
    });
  }

  /** @throws NotAllowedError; NotFoundError when the topic names no run */
  async authorize(topic: string, credentials: BackstageCredentials): Promise<void> {
    runIdOf(topic);
    await authorize(this.#options.permissions, operationsReadPermission, credentials);
  }

  /** Ends by itself after the last state of a run that has ended. */
  async *states(topic: string, options: { signal: AbortSignal }): AsyncGenerator<LiveState> {
    const runId = runIdOf(topic);
    const entry = this.#read.get(runId) ?? newEntry();
    this.#read.set(runId, entry);
    entry.readerCount++;
    this.#loop.start();
    try {
      await this.#look(runId, entry);
      for await (const state of entry.latest.states(options.signal)) {
        yield state;
        if (isFinished((state.data as Run).state)) return;
      }
    } finally {
      entry.readerCount--;
      if (entry.readerCount === 0) this.#read.delete(runId);
      if (this.#read.size === 0) void this.#loop.stop();
    }
  }

  /** Tells the readers of a run that it has changed. */
  async announce(runId: string): Promise<void> {
    const entry = this.#read.get(runId);
    if (entry) await this.#look(runId, entry);
  }

  async #poll(): Promise<void> {
    const versions = await this.#options.reader.versionsOf([...this.#read.keys()]);
    for (const [runId, version] of versions) {
      const entry = this.#read.get(runId);
      if (!entry || entry.version === version) continue;
      entry.version = version;
      await this.#look(runId, entry);
    }
  }

  #look(runId: string, entry: ReadRun): Promise<void> {
    const look = entry.looking.then(() => this.#publish(runId, entry));
    entry.looking = look.catch(() => {}); // told to whoever asked for this look
    return look;
  }

  async #publish(runId: string, entry: ReadRun): Promise<void> {
    const run = await this.#options.reader.find(runId);
    if (!run) throw runNotFound(runId);
    entry.latest.set({ id: createHash('sha256').update(JSON.stringify(run)).digest('base64url'), data: run });
  }
}

function newEntry(): ReadRun {
  return { latest: new LatestState(), readerCount: 0, version: -1, looking: Promise.resolve() };
}

/** @throws NotFoundError with code `RUN_NOT_FOUND` */
function runIdOf(topic: string): string {
  const [, id] = /^operations:run\/(.+)$/.exec(topic) ?? [];
  const parsed = idParamsSchema.safeParse({ id });
  if (!parsed.success) throw runNotFound(topic);
  return parsed.data.id;
}

function runNotFound(name: string): Error {
  return withCode(new NotFoundError(`There is no run ${name}`), 'RUN_NOT_FOUND' satisfies OperationErrorCode);
}
