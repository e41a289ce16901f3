import knexFactory, { type Knex } from 'knex';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createEngine, insertRun, quickTiming, reached } from './createEngine';
import { TallyServer } from './TallyServer';

/** What came of one crash. */
export interface CrashResult {
  /** How the run was cut, for the message of a test that fails. */
  story: string;
  state: string;
  /** What upstream has seen of the run, but for looks. */
  counts: Record<string, number>;
  /** What it should have seen. */
  expected: Record<string, number>;
  /** How many steps were begun a second time by a process that was stopped in the middle of one. */
  repeatCount: number;
  /** Whether anything was written after the run had ended. */
  isTouched: boolean;
}

const succeeding = { one: 1, two: 1, three: 1 };
const failing = { one: 1, two: 1, 'undo-two': 1, 'undo-one': 1 };

/** A door process that can be killed, and stopped for longer than its leases live. */
class DoorProcess {
  readonly child: ChildProcess;
  readonly started: Promise<void>;

  constructor(connection: string, tallies: string) {
    const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');
    const script = path.join(__dirname, 'doorProcess.ts');
    this.child = spawn(process.execPath, ['--require', transform, script, connection, tallies], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.started = new Promise((resolve, reject) => {
      this.child.stdout?.once('data', () => resolve());
      this.child.once('exit', code => reject(new Error(`The door ended with ${code}`)));
    });
    this.started.catch(() => {}); // told to whoever waits for it
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise(resolve => {
      this.child.once('exit', resolve);
    });
    this.child.kill('SIGKILL');
    await ended;
  }
}

/**
 * Two processes carry out runs on one PostgreSQL; again and again one of them is killed, or stopped for longer than its
 * leases live and let go on, at a random moment of a run.
 */
export class RandomCrashes implements AsyncDisposable {
  readonly #connection: string;
  readonly #knex: Knex;
  readonly #tallies: TallyServer;
  readonly #random: () => number;
  #doors: DoorProcess[];

  private constructor(connection: string, tallies: TallyServer, seed: number) {
    this.#connection = connection;
    this.#tallies = tallies;
    this.#random = randomOf(seed);
    this.#knex = knexFactory({ client: 'pg', connection, pool: { min: 0, max: 4 } });
    this.#doors = [this.#spawn(), this.#spawn()];
  }

  /** The database has its tables already. */
  static async start(connection: string, seed: number): Promise<RandomCrashes> {
    const tallies = await TallyServer.start();
    tallies.delayMs = 4;
    const crashes = new RandomCrashes(connection, tallies, seed);
    await Promise.all(crashes.#doors.map(({ started }) => started));
    return crashes;
  }

  /** One run, one crash. */
  async crash(): Promise<CrashResult> {
    const fails = this.#random() < 0.5;
    const isStopped = this.#random() < 0.5;
    const delayMs = Math.floor(this.#random() * 120);
    const id = await insertRun(this.#knex, { input: { fails, looks: 3 } });
    const { reader } = createEngine(this.#knex, { operations: [] });
    await reached(reader, id, ({ state }) => state !== 'queued');
    await setTimeout(delayMs);
    const victim = await this.#holderOf(id);
    const story = `${isStopped ? 'stopped' : 'killed'} ${delayMs} ms after the start of ${fails ? 'a failing' : 'a'} run`;
    if (isStopped) victim.child.kill('SIGSTOP');
    else await victim.kill();
    const run = await reached(reader, id);
    const atEnd = await this.#recordOf(id);
    if (isStopped) {
      await setTimeout(quickTiming.leaseMs * 1.5);
      victim.child.kill('SIGCONT');
      await setTimeout(quickTiming.heartbeatMs);
    } else await this.#replace(victim);
    const counts = this.#countsOf(id);
    const repeatCount = Object.values(counts).reduce((sum, count) => sum + count - 1, 0);
    const isTouched = (await this.#recordOf(id)) !== atEnd;
    return { story, state: run.state, counts, expected: fails ? failing : succeeding, repeatCount, isTouched };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#doors.map(door => door.kill()));
    await this.#knex.destroy();
    await this.#tallies[Symbol.asyncDispose]();
  }

  #spawn(): DoorProcess {
    return new DoorProcess(this.#connection, this.#tallies.url);
  }

  async #replace(victim: DoorProcess): Promise<void> {
    const next = this.#spawn();
    this.#doors = this.#doors.map(door => (door === victim ? next : door));
    await next.started;
  }

  /** Whoever has the run at present; anybody while nobody has. */
  async #holderOf(id: string): Promise<DoorProcess> {
    const row = await this.#knex('runs').where({ id }).first('lease_owner');
    const holder = this.#doors.find(({ child }) => row.lease_owner?.includes(` ${child.pid} `));
    return holder ?? this.#doors[Math.floor(this.#random() * this.#doors.length)];
  }

  #countsOf(id: string): Record<string, number> {
    const own = [...this.#tallies.counts].filter(([key]) => key.startsWith(`${id}/`) && !key.endsWith('/looks'));
    return Object.fromEntries(own.map(([key, count]) => [key.slice(id.length + 1), count]));
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
