import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** Longest output of one command that is kept in memory. */
const maxOutputBytes = 64 * 1024 * 1024;

/** Git as it is on every machine: without the configuration of the person or the system. */
const gitEnvironment = {
  PATH: process.env.PATH,
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/**
 * Runs one short git command to its end.
 *
 * @returns what it printed, or undefined when it ended with a status other than 0
 * @throws Error when git is not there, or `signal` aborted
 */
export function runGit(
  directory: string,
  commandArguments: string[],
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: directory,
      env: gitEnvironment,
      maxBuffer: maxOutputBytes,
      signal,
      encoding: 'buffer',
    } as const;
    execFile('git', commandArguments, options, (error, output) => {
      if (!error) resolve(output);
      else if (typeof error.code === 'number') resolve(undefined);
      else reject(new Error(`git ${commandArguments[0]} could not be run`, { cause: error }));
    });
  });
}

/** Starts `git http-backend`, a CGI program. https://git-scm.com/docs/git-http-backend */
export function spawnHttpBackend(environment: Record<string, string>): ChildProcessWithoutNullStreams {
  return spawn('git', ['http-backend'], { env: { ...gitEnvironment, ...environment } });
}
