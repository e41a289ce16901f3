import knexFactory, { type Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { isFinished, type OperationsClient, type RunState } from '@leitstand/plugin-operations-common';
import { DoorBackend } from './DoorBackend';
import { TallyServer } from './TallyServer';
import { tallyEntities } from './tallyOperation';

/** What came of one run. */
export interface CrashedRun {
  /** How it was cut, for the message of a test that fails. */
  story: string;
  state: RunState;
  /** How often each step was begun upstream. */
  counts: Record<string, number>;
  /** What it should have been. */
  expected: Record<string, number>;
  /** How many steps may have been begun twice: one for each time that a process was stopped in the middle of the run. */
  repeatLimit: number;
  /** Whether somebody had it who was cut off. */
  isInterrupted: boolean;
  /** Whether anything was written after it had ended. */
  isTouched: boolean;
}

/** A run that was asked for. */
interface AskedRun {
  id: string;
  story: string;
  fails: boolean;
  recordAtEnd?: string;
}

/** How often the one that had a run was cut off. */
interface Interruptions {
  kills: number;
  stops: number;
}

const succeeding = { one: 1, two: 1, three: 1 };
const failing = { one: 1, two: 1, 'undo-two': 1, 'undo-one': 1 };

/** One of them may be starting while another is cut off. */
const backendCount = 3;
const readyCount = 2;
const runsPerCrash = 2;
/** Longest time from the request or from the start of a run to the crash: most runs take about as long. */
const maxDelayMs = 150;
/** A run that did not start by then is not waited for. */
const startMs = 2_000;
/** How many are suspended at once; each has connections to the database. */
const maxSuspended = 4;
/** For how long one that wakes up is watched: longer than the time between two signs of life. */
const awakeMs = 6_000;
/** A request to one that is suspended gets no answer. */
const answerMs = 2_000;
const lookMs = 100;

/**
 * Backends on one PostgreSQL are asked for runs by HTTP and carry them out, with the leases of production; again and again
 * one of them is killed, or suspended until others have taken over what it had, at a random moment.
 */
export class RandomCrashes implements AsyncDisposable {
  readonly #connection: string;
  readonly #knex: Knex;
  readonly #tallies: TallyServer;
  readonly #random: () => number;
  readonly #runs: AskedRun[] = [];
  readonly #interruptions = new Map<string, Interruptions>();
  readonly #suspended = new Set<DoorBackend>();
  readonly #awakenings: Promise<void>[] = [];
  #backends: DoorBackend[] = [];
  #targetCount = 0;

  private constructor(connection: string, tallies: TallyServer, seed: number) {
    this.#connection = connection;
    this.#tallies = tallies;
    this.#random = randomOf(seed);
    this.#knex = knexFactory({ client: 'pg', connection, searchPath: ['operations'], pool: { min: 0, max: 4 } });
  }

  /** On an empty database. */
  static async start(connection: string, seed: number): Promise<RandomCrashes> {
    const tallies = await TallyServer.start();
    tallies.delayMs = 4;
    const crashes = new RandomCrashes(connection, tallies, seed);
    await crashes.#add().started; // makes the tables
    while (crashes.#backends.length < backendCount) crashes.#add();
    return crashes;
  }

  /** One crash, with two runs under way; the one that was asked for the first of them is cut off. */
  async crash(): Promise<void> {
    await this.#untilReady();
    const ready = this.#backends.filter(backend => backend.isStarted);
    const victim = ready[Math.floor(this.#random() * ready.length)];
    const isKilled = this.#random() < 0.5 || this.#suspended.size >= maxSuspended;
    const isEarly = this.#random() < 0.2;
    const delayMs = Math.floor(this.#random() * maxDelayMs);
    const moment = isEarly ? 'request' : 'start';
    const story = `${isKilled ? 'killed' : 'suspended'} ${delayMs} ms after the ${moment}`;
    const asked = [victim, ...ready.filter(backend => backend !== victim)]
      .slice(0, runsPerCrash)
      .map(backend => this.#ask(backend, story));
    if (!isEarly) await this.#untilHolder(victim);
    await setTimeout(delayMs);
    this.#backends = this.#backends.filter(backend => backend !== victim);
    if (isKilled) await this.#kill(victim);
    else this.#awakenings.push(this.#suspend(victim));
    this.#add();
    await Promise.all(asked);
  }

  /** Waits for the end of all runs, and until nobody is suspended. @returns what came of the runs */
  async settle(): Promise<CrashedRun[]> {
    await this.#untilReady();
    for (const { id } of this.#runs) await this.#untilEnded(id);
    await Promise.all(this.#awakenings);
    return Promise.all(this.#runs.map(run => this.#resultOf(run)));
  }

  /** The door's database. */
  get database(): Knex {
    return this.#knex;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#backends, ...this.#suspended].map(backend => backend.end()));
    await this.#knex.destroy();
    await this.#tallies[Symbol.asyncDispose]();
  }

  #add(): DoorBackend {
    const backend = new DoorBackend(this.#connection, this.#tallies.url);
    this.#backends.push(backend);
    return backend;
  }

  async #untilReady(): Promise<void> {
    while (this.#backends.filter(({ isStarted }) => isStarted).length < readyCount) {
      await Promise.race(this.#backends.filter(({ isStarted }) => !isStarted).map(({ started }) => started));
    }
  }

  async #ask(first: DoorBackend, story: string): Promise<void> {
    const fails = this.#random() < 0.5;
    const { name } = tallyEntities[this.#targetCount++ % tallyEntities.length].metadata;
    const request = { operation: 'tallies-count', entityRef: `component:default/${name}`, input: { fails, looks: 3 } };
    const plan = await this.#through(first, (client, options) => client.plan(request, options));
    const order = { planId: plan.id, reason: 'A trial of crashes', idempotencyKey: randomUUID() };
    const { id } = await this.#through(first, (client, options) => client.run(order, options));
    this.#runs.push({ id, story: `${story} of ${fails ? 'a failing' : 'a'} run`, fails });
  }

  /** A request that gets no answer is made again, to another backend: what a person or a proxy does. */
  async #through<T>(
    first: DoorBackend,
    request: (client: OperationsClient, options: { signal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    for (let backend = first; ; backend = this.#backends.find(other => other !== backend && other.isStarted) ?? first) {
      try {
        return await request(backend.client, { signal: AbortSignal.timeout(answerMs) });
      } catch (error) {
        if ((error as Error).name === 'ResponseError') throw error;
        await setTimeout(lookMs);
      }
    }
  }

  async #kill(backend: DoorBackend): Promise<void> {
    await backend.end();
    for (const id of await this.#heldBy(backend)) this.#countOf(id).kills++;
  }

  /** Until somebody else has ended what it had; then it wakes up, is watched, and ends as in an update. */
  async #suspend(backend: DoorBackend): Promise<void> {
    this.#suspended.add(backend);
    backend.suspend();
    await setTimeout(lookMs); // what it had asked of the database is done by then
    const ids = await this.#heldBy(backend);
    for (const id of ids) this.#countOf(id).stops++;
    for (const id of ids) await this.#untilEnded(id);
    for (const run of this.#runs.filter(({ id }) => ids.includes(id))) run.recordAtEnd = await this.#recordOf(run.id);
    backend.resume();
    await setTimeout(awakeMs);
    const exitCode = await backend.end('SIGTERM');
    this.#suspended.delete(backend);
    if (exitCode !== 0) throw new Error(`A backend that woke up ended with ${exitCode}`);
  }

  /** Until it carries out some run. */
  async #untilHolder(backend: DoorBackend): Promise<void> {
    const endsAt = performance.now() + startMs;
    while (performance.now() < endsAt && (await this.#heldBy(backend)).length === 0) await setTimeout(1);
  }

  async #heldBy(backend: DoorBackend): Promise<string[]> {
    const rows: { id: string; lease_owner: string | null }[] = await this.#knex('runs')
      .whereNull('finished_at')
      .select('id', 'lease_owner');
    return rows.filter(row => backend.owns(row.lease_owner)).map(({ id }) => id);
  }

  #countOf(id: string): Interruptions {
    const count = this.#interruptions.get(id) ?? { kills: 0, stops: 0 };
    this.#interruptions.set(id, count);
    return count;
  }

  async #untilEnded(id: string): Promise<void> {
    for (;;) {
      const row = await this.#knex('runs').where({ id }).first('state');
      if (isFinished(row.state)) return;
      await setTimeout(lookMs);
    }
  }

  async #resultOf({ id, story, fails, recordAtEnd }: AskedRun): Promise<CrashedRun> {
    const { state } = await this.#through(this.#backends[0], (client, options) => client.getRun(id, options));
    const { kills, stops } = this.#countOf(id);
    const counts = [...this.#tallies.counts]
      .filter(([key]) => key.startsWith(`${id}/`) && !key.endsWith('/looks'))
      .map(([key, count]) => [key.slice(id.length + 1), count] as const);
    return {
      ...{ story, state, counts: Object.fromEntries(counts), expected: fails ? failing : succeeding },
      ...{ repeatLimit: stops, isInterrupted: kills + stops > 0 },
      isTouched: recordAtEnd !== undefined && recordAtEnd !== (await this.#recordOf(id)),
    };
  }

  async #recordOf(id: string): Promise<string> {
    const run = await this.#knex('runs').where({ id }).first();
    const steps = await this.#knex('run_steps').where({ run_id: id }).orderBy('position');
    const entries = await this.#knex('ledger_entries').where({ run_id: id }).orderBy('position');
    return JSON.stringify([run, steps, entries]);
  }
}

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
