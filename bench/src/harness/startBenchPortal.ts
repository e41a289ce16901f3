import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { KubernetesHomelab } from '@leitstand/homelab';
import { ProcessProbe } from '../measure/ProcessProbe';
import { clusterConfigOf } from './clusterConfig';
import { untilSignedIn } from './untilSignedIn';

/** A portal in processes of its own that reads one cluster of this process. */
export interface BenchPortal extends AsyncDisposable {
  url: string;
  /** Memory and event loop of the backend. */
  readBackend(): ReturnType<ProcessProbe['read']>;
  /** A request to the backend; the answer is whole before it returns. @throws when the status is not 2xx */
  fetchJson<T>(target: string): Promise<T>;
  /** Tokens of the people who are signed in. */
  tokens: string[];
}

/**
 * Starts the portal on an empty state and signs people in the way a browser does.
 *
 * @param hasCatalog - whether the cluster's workloads come into the catalogue. Default: they do
 */
export async function startBenchPortal(
  cluster: KubernetesHomelab,
  { users = ['operator'], hasCatalog = true }: { users?: string[]; hasCatalog?: boolean } = {},
): Promise<BenchPortal> {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'leitstand-bench-'));
  const probe = new ProcessProbe(stateDir);
  const configFile = path.join(stateDir, 'app-config.bench.json');
  const noCatalog = { rollouts: { catalog: { namespaces: { include: ['none'] } } } };
  await writeFile(configFile, JSON.stringify({ ...clusterConfigOf(cluster), ...(!hasCatalog && noCatalog) }));
  const { startStack } = await import('../../../scripts/launcher/stack.mjs');
  const stack = await startStack({
    port: 0,
    stateDir,
    logDirectory: path.join(stateDir, 'logs'),
    extraConfigs: [configFile],
    env: { ...probe.environment, BENCH_TOKEN: cluster.tokens.reader },
  });
  const stop = async () => {
    await stack.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    const tokens: string[] = [];
    for (const user of users) tokens.push(await untilSignedIn(stack.url, user));
    return {
      url: stack.url,
      tokens,
      readBackend: () => probe.read(stack.pids.backend),
      async fetchJson<T>(target: string) {
        const response = await fetch(stack.url + target, { headers: { Authorization: `Bearer ${tokens[0]}` } });
        if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`);
        return (await response.json()) as T;
      },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
