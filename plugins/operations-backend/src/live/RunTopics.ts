import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import { authorize } from '@leitstand/plugin-kit-node';
import { LatestState, type LiveSource, type LiveState } from '@leitstand/plugin-live-node';
import {
  idParamsSchema,
  isFinished,
  operationsReadPermission,
  type OperationErrorCode,
  type Run,
} from '@leitstand/plugin-operations-common';
import { createHash } from 'node:crypto';
import type { RunStore } from '../database/RunStore';

interface ReadRun {
  latest: LatestState;
  readerCount: number;
  /** One look at the ledger after the other, so that an older one never overtakes a newer one. */
  looking: Promise<void>;
}

/** The live topics `operations:run/<id>`: the whole run on each change. Only runs that somebody reads are kept here. */
export class RunTopics implements LiveSource {
  readonly prefix = 'operations';
  readonly #options: { permissions: PermissionsService; runs: RunStore };
  readonly #read = new Map<string, ReadRun>();

  constructor(options: { permissions: PermissionsService; runs: RunStore }) {
    this.#options = options;
  }

  /** @throws NotAllowedError; NotFoundError when the topic names no run */
  async authorize(topic: string, credentials: BackstageCredentials): Promise<void> {
    runIdOf(topic);
    await authorize(this.#options.permissions, operationsReadPermission, credentials);
  }

  /** Ends by itself after the last state of a run that has ended. */
  async *states(topic: string, options: { signal: AbortSignal }): AsyncGenerator<LiveState> {
    const runId = runIdOf(topic);
    const entry = this.#read.get(runId) ?? { latest: new LatestState(), readerCount: 0, looking: Promise.resolve() };
    this.#read.set(runId, entry);
    entry.readerCount++;
    try {
      await this.#look(runId, entry);
      for await (const state of entry.latest.states(options.signal)) {
        yield state;
        if (isFinished((state.data as Run).state)) return;
      }
    } finally {
      entry.readerCount--;
      if (entry.readerCount === 0) this.#read.delete(runId);
    }
  }

  /** Tells the readers of a run that it has changed. */
  async announce(runId: string): Promise<void> {
    const entry = this.#read.get(runId);
    if (entry) await this.#look(runId, entry);
  }

  #look(runId: string, entry: ReadRun): Promise<void> {
    const look = entry.looking.then(() => this.#publish(runId, entry));
    entry.looking = look.catch(() => {}); // told to whoever asked for this look
    return look;
  }

  async #publish(runId: string, entry: ReadRun): Promise<void> {
    const run = await this.#options.runs.find(runId);
    if (!run) throw runNotFound(runId);
    entry.latest.set({ id: createHash('sha256').update(JSON.stringify(run)).digest('base64url'), data: run });
  }
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
