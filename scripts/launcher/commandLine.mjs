/** The launcher's command line. */
import { parseArgs } from 'node:util';
import { LauncherError } from './errors.mjs';

/** What `npm run <name>` can do, for the help text. */
export const COMMANDS = {
  start: 'the portal and the embedded homelab on one port',
  test: 'everything: types, lint, unit and integration tests, journeys in a browser',
  dev: 'the portal with live reload',
  lint: 'ESLint and the other checks of the sources',
  tsc: 'types',
  'test:unit': 'unit and integration tests; further arguments are Jest’s',
  e2e: 'journeys in a browser; further arguments are Jest’s',
  bench: 'benchmarks; further arguments are Jest’s',
  screenshots: 'takes the pictures of the documentation',
  bundle: 'the production bundle, in packages/backend/dist',
  'ledger:verify': 'whether what the ledger says is complete and unchanged; exit code 1 where it is not',
  'test:nightly': 'memory, load and fault tests',
};

const OPTIONS = {
  start: {
    port: { type: 'string', default: '7007', describe: 'N       port of the portal (7007)' },
    reset: { type: 'boolean', default: false, describe: '        forget everything stored, start as on the first day' },
    config: {
      type: 'string',
      multiple: true,
      default: [],
      describe: 'FILE  further configuration, wins over what is shipped',
    },
    kubeconfig: { type: 'string', describe: 'FILE  real clusters in place of the homelab’s; changes are real' },
    context: {
      type: 'string',
      multiple: true,
      needs: 'kubeconfig',
      describe: 'NAME  the context to use, may be repeated (all that can be used)',
    },
    'operator-context': {
      type: 'string',
      multiple: true,
      needs: 'kubeconfig',
      describe: 'NAME  the context whose token changes things, may be repeated (the same as for reading)',
    },
  },
  'ledger:verify': {
    config: {
      type: 'string',
      multiple: true,
      default: [],
      describe: 'FILE  further configuration, as for start: the database that it names is read',
    },
    'known-end': {
      type: 'string',
      describe: 'POSITION:HASH  an end that this command or the log of the portal named; it has to be there still',
    },
  },
  bundle: {
    installed: { type: 'boolean', default: false, describe: '     the dependencies are there: installs nothing' },
  },
  test: {
    only: { type: 'string', describe: 'PART    only one of: tsc, lint, launcher, unit, e2e' },
  },
};

/** Commands that hand their arguments on to Jest. */
const PASSING_ON = new Set(['test:unit', 'e2e', 'bench', 'test:nightly']);

/**
 * @typedef {object} CommandLine
 * @property {string} command
 * @property {boolean} isHelp
 * @property {{ port?: number, reset?: boolean, config?: string[], kubeconfig?: string, context?: string[],
 *   'operator-context'?: string[], only?: string, installed?: boolean, 'known-end'?: string }} options
 * @property {string[]} rest arguments to hand on
 */

/**
 * @param {string[]} argv without the program and the script
 * @returns {CommandLine}
 * @throws {LauncherError} `bad-usage`
 */
export function parseCommandLine(argv) {
  const [command, ...rest] = argv;
  if (!(command in COMMANDS)) {
    throw new LauncherError('bad-usage', `There is no command "${command ?? ''}".`, {
      hint: `One of: ${Object.keys(COMMANDS).join(', ')}`,
    });
  }
  if (PASSING_ON.has(command)) return { command, isHelp: false, options: {}, rest };
  const described = OPTIONS[command] ?? {};
  try {
    const { values } = parseArgs({
      args: rest,
      options: { ...described, help: { type: 'boolean', short: 'h', default: false } },
    });
    const { help, ...options } = values;
    if (options.port !== undefined) options.port = parsePort(options.port);
    assertNeeds(described, options);
    return { command, isHelp: help, options, rest: [] };
  } catch (error) {
    if (error instanceof LauncherError) throw error;
    throw new LauncherError('bad-usage', error.message, { hint: `npm run ${command} -- --help`, cause: error });
  }
}

function parsePort(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new LauncherError('bad-usage', `"${text}" is no port.`, {
    hint: 'A whole number from 1 to 65535: --port 7010',
  });
}

function assertNeeds(described, options) {
  for (const name of Object.keys(options)) {
    const { needs } = described[name];
    if (!needs || options[needs] !== undefined) continue;
    throw new LauncherError('bad-usage', `--${name} says nothing without --${needs}.`, { hint: `Add --${needs}.` });
  }
}

/**
 * @param {string} command
 * @returns {string} what `--help` prints
 */
export function helpText(command) {
  const options = Object.entries(OPTIONS[command] ?? {});
  return [
    `npm run ${command}${options.length > 0 ? ' -- [options]' : ''}: ${COMMANDS[command]}`,
    ...options.map(([name, { describe }]) => `  --${name} ${describe}`),
    '',
  ].join('\n');
}
