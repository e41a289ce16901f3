import { join } from 'node:path';
import { startGitHomelab, type GitHomelab } from '../git';
import { readIfExists, writePrivateFile } from './StateFile';

/** What stays the same over restarts, because catalogue and clones name the address, and clones the token. */
interface SavedAddress {
  port: number;
  token: string;
}

/** What the shipped configuration needs to know of the git server, by environment variable. */
export function gitEnvironment(git: GitHomelab): Record<string, string> {
  return {
    HOMELAB_GIT_URL: git.url,
    HOMELAB_GIT_HOST: new URL(git.url).host,
    HOMELAB_GIT_USERNAME: git.username,
    HOMELAB_GIT_TOKEN: git.token,
  };
}

/**
 * Starts the git server with the repositories of `stateDir`, on the port that it had before; on another one when that is
 * taken, which `onError` hears, since what is registered then points at nothing.
 */
export async function startGit(stateDir: string, onError: (error: Error) => void): Promise<GitHomelab> {
  const file = join(stateDir, 'git.json');
  const directory = join(stateDir, 'git');
  const saved = await readAddress(file);
  const git = await startGitHomelab({ directory, ...saved }).catch((error: NodeJS.ErrnoException) => {
    if (!saved || error.code !== 'EADDRINUSE') throw error;
    onError(new Error(`Port ${saved.port} of the git server is taken: repositories now have another address`));
    return startGitHomelab({ directory, token: saved.token });
  });
  await writePrivateFile(file, JSON.stringify({ port: git.port, token: git.token } satisfies SavedAddress));
  return git;
}

/** @returns undefined when nothing was saved yet @throws Error when the file is damaged */
async function readAddress(file: string): Promise<SavedAddress | undefined> {
  const text = await readIfExists(file);
  if (text === undefined) return undefined;
  const address = /^\{"port":(\d+),"token":"([\w-]{16,})"\}$/.exec(text);
  if (!address) throw new Error(`${file} is damaged: delete it to start from the beginning`);
  return { port: Number(address[1]), token: address[2] };
}
