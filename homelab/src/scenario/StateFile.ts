import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock, Timer } from '../core';
import type { KubernetesHomelab } from '../kubernetes/startKubernetesHomelab';
import type { Snapshot } from '../kubernetes/state/ObjectStore';

/** Time between two looks at whether something has changed. */
const saveIntervalMs = 10_000;

/**
 * Reads a saved cluster.
 * @returns undefined when there is none
 * @throws Error when the file is no saved cluster
 */
export async function readState(file: string): Promise<Snapshot | undefined> {
  const text = await readIfExists(file);
  if (text === undefined) return undefined;
  const damaged = `${file} is no saved homelab cluster: delete it to start from the beginning`;
  let state: Partial<Snapshot>;
  try {
    state = JSON.parse(text) as Partial<Snapshot>;
  } catch (cause) {
    throw new Error(damaged, { cause });
  }
  if (state?.format !== 1 || !Array.isArray(state.objects)) throw new Error(damaged);
  return state as Snapshot;
}

/** A file's text. @returns undefined when there is none */
export async function readIfExists(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file that only its owner may read; a reader sees the old content or the new, never a part. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, file);
}

/** Keeps a file in step with a cluster: from time to time, and once more at the end. */
export class StateFile implements AsyncDisposable {
  private readonly timer: Timer;
  private savedVersion: number | undefined;
  /** Saves follow one another, so that an older one never overwrites a newer. */
  private saving: Promise<void> = Promise.resolve();

  /** @param onError - hears of a save that failed; the next look tries again */
  constructor(
    private readonly file: string,
    private readonly cluster: KubernetesHomelab,
    options: { clock: Clock; onError: (error: Error) => void },
  ) {
    this.timer = options.clock.setInterval(() => {
      this.save().catch(options.onError);
    }, saveIntervalMs);
  }

  /** Writes the file when the cluster has changed since the last time. @throws the file system's error */
  save(): Promise<void> {
    this.saving = this.saving.catch(() => undefined).then(() => this.write());
    return this.saving;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.timer.cancel();
    await this.save();
  }

  private async write(): Promise<void> {
    const { resourceVersion } = this.cluster;
    if (resourceVersion === this.savedVersion) return;
    await writePrivateFile(this.file, JSON.stringify(this.cluster.snapshot()));
    this.savedVersion = resourceVersion;
  }
}
