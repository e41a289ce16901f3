import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

// eslint-disable-next-line no-restricted-syntax -- this package only ever runs from its sources
const SOURCE_DIRECTORY = __dirname;
const ROOT = resolve(SOURCE_DIRECTORY, '..', '..', '..');

/** Names under which distributions install it. */
const PROGRAM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `--no-sandbox`: the sandbox needs rights that containers rarely have, and only our own pages are opened. */
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium on this machine, and how to start it. */
export interface ChromiumProgram {
  executablePath: string;
  args: string[];
  /** The whole environment. */
  env: Record<string, string>;
}

/**
 * The system's Chromium or Chrome; where there is none, the one that npm brought, unpacked once into `.leitstand`.
 *
 * @throws {Error} if neither runs here; says what to install
 */
export async function findChromium(): Promise<ChromiumProgram> {
  for (const directory of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const name of PROGRAM_NAMES) {
      const executablePath = join(directory, name);
      if (!(await isThere(executablePath))) continue;
      const program = chromiumProgram(executablePath);
      if (await isRunnable(program)) return program;
    }
  }
  return unpackedChromium();
}

async function unpackedChromium(): Promise<ChromiumProgram> {
  const manifest = join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const cache = join(ROOT, '.leitstand', 'cache');
  const plain = await unpack(join(cache, `chromium-${version}`), []);
  if (await isRunnable(plain)) return plain;
  const complete = await unpack(join(cache, `chromium-${version}-libraries`), ['libraries']);
  if (await isRunnable(complete)) return complete;
  throw new Error('No Chromium runs on this machine. Install one, for example: apt-get install chromium');
}

/** Unpacks beside the target and renames at the end: what is at `target` is always whole. */
async function unpack(target: string, what: string[]): Promise<ChromiumProgram> {
  if (!(await isThere(join(target, 'chromium')))) {
    await mkdir(dirname(target), { recursive: true });
    const work = await mkdtemp(`${target}-incoming-`);
    try {
      const script = join(SOURCE_DIRECTORY, 'unpackChromium.mjs');
      await execute(process.execPath, [script, ...what], { env: { ...process.env, TMPDIR: work, NODE_OPTIONS: '' } });
      await writeFile(join(work, 'fonts.conf'), fontConfiguration(join(target, 'fonts')));
      await rename(work, target).catch(error => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // another test was faster
      });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  const env: Record<string, string> = { FONTCONFIG_FILE: join(target, 'fonts.conf') };
  if (what.includes('libraries')) env.LD_LIBRARY_PATH = join(target, 'al2023', 'lib');
  return chromiumProgram(join(target, 'chromium'), env);
}

function chromiumProgram(executablePath: string, added: Record<string, string> = {}): ChromiumProgram {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { executablePath, args: CHROMIUM_ARGUMENTS, env: { ...Object.fromEntries(inherited), ...added } };
}

/** The system's fonts, and those that came along for machines that have none. */
function fontConfiguration(directory: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${directory}</dir>
  <cachedir>${join(directory, 'cache')}</cachedir>
</fontconfig>
`;
}

async function isRunnable(program: ChromiumProgram): Promise<boolean> {
  try {
    await execute(program.executablePath, ['--version'], {
      env: program.env,
      timeout: 20_000,
    });
    return true;
  } catch {
    return false; // libraries are missing, or it is built for another machine: the caller has another one to try
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
