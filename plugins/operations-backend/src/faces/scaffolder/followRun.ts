import { isError, ResponseError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isFinished, type OperationsClient, type Run } from '@leitstand/plugin-operations-common';
import { setTimeout } from 'node:timers/promises';

/** How long it is between two looks, in milliseconds; the time doubles as long as nothing changes. */
const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** How long the door may be away (a restart, a failover) before the step gives up, in milliseconds. */
const longestAbsenceMs = 5 * 60_000;
/** How long a run that was asked to stop may take back what it did, in milliseconds. */
const stopPatienceMs = 60_000;

/** What following a run needs. */
export interface FollowRunOptions {
  /** Reads the run. */
  reader: OperationsClient;
  /** Stops the run, as the person who started the task. */
  client: OperationsClient;
  logger: LoggerService;
  link: string;
  /** Aborted when the task is cancelled. */
  signal: AbortSignal;
}

/**
 * Follows a run to its end and tells the log what happens. When the task is cancelled, the run is too, and its end is
 * waited for: it may have to take back what it did.
 *
 * @throws what the door answers; an absence of the door for five minutes
 */
export async function followRun(run: Run, options: FollowRunOptions): Promise<Run> {
  const story = new RunStory(options);
  story.tell(run);
  let latest = run;
  let pauseMs = firstPauseMs;
  let stopAt: number | undefined;
  while (!isFinished(latest.state)) {
    if (options.signal.aborted && stopAt === undefined) {
      await patiently(() => options.client.cancelRun(run.id)).catch(ignoreFinished);
      stopAt = Date.now() + stopPatienceMs;
    }
    if (stopAt !== undefined && Date.now() > stopAt) throw new Error(`The run was told to stop: ${options.link}`);
    await setTimeout(pauseMs, undefined, { signal: stopAt === undefined ? options.signal : undefined }).catch(
      ignoreAbort,
    );
    const next = await patiently(() => options.reader.getRun(run.id));
    pauseMs = story.tell(next) ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
    latest = next;
  }
  return latest;
}

/** Bears that the door is away for a while. */
async function patiently(ask: () => Promise<Run>): Promise<Run> {
  const giveUpAt = Date.now() + longestAbsenceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || Date.now() > giveUpAt) throw error;
      await setTimeout(pauseMs);
    }
  }
}

/** Whether the door may answer the next time: it could not be reached, or its server failed. */
function isPassing(error: unknown): boolean {
  if (error instanceof ResponseError) return error.statusCode >= 500 || error.statusCode === 429;
  return error instanceof TypeError;
}

function ignoreFinished(error: unknown): void {
  if (!(error instanceof ResponseError && error.statusCode === 409)) throw error;
}

function ignoreAbort(error: unknown): void {
  if (!(isError(error) && error.name === 'AbortError')) throw error;
}

/** Tells the log of a task what is new about a run. */
class RunStory {
  readonly #options: FollowRunOptions;
  readonly #told = new Set<string>();

  constructor(options: FollowRunOptions) {
    this.#options = options;
  }

  /** @returns whether there was anything new */
  tell(run: Run): boolean {
    const lines = [...linesOfState(run, this.#options.link), ...linesOfSteps(run)];
    const news = lines.filter(line => !this.#told.has(line));
    news.forEach(line => {
      this.#told.add(line);
      this.#options.logger.info(line);
    });
    return news.length > 0;
  }
}

function linesOfState({ state, approval, heldBy, waitsFor, result }: Run, link: string): string[] {
  switch (state) {
    case 'awaiting-approval': {
      const whose =
        approval?.kind === 'confirmation' ? 'a confirmation' : `the yes of ${approval?.approvers.join(', ')}`;
      return [`Waits for ${whose}, until ${approval?.expiresAt}: ${link}`];
    }
    case 'held':
      return [`Held by a freeze (${heldBy.map(({ reason }) => reason).join('; ')}); goes on when it is over: ${link}`];
    case 'queued':
      return waitsFor === undefined ? [] : [`Waits for the run ${waitsFor} on the same target`];
    case 'succeeded':
      return [`Done: ${result ?? state}`];
    default:
      return [];
  }
}

function linesOfSteps({ steps }: Run): string[] {
  return steps.flatMap(({ title, state, progress }) => [
    ...(progress === undefined ? [] : [`${title}: ${progress}`]),
    ...(state === 'done' || state === 'failed' ? [`${title}: ${state}`] : []),
  ]);
}
