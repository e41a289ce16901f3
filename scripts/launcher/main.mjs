/**
 * Entry point of every command in package.json. Runs on Node.js 20 or newer before anything is installed, so it and all
 * that it imports use nothing but Node.js.
 */
import { COMMANDS, helpText, parseCommandLine } from './commandLine.mjs';
import { LauncherError, formatLauncherError, toLauncherError } from './errors.mjs';
import { watchInterruption } from './interruption.mjs';
import { createSteps } from './steps.mjs';

const OLDEST_NODE_MAJOR = 20;

/** Loaded when asked for: a command's modules may need what another command installs. */
const HANDLERS = {
  start: async context => (await import('./commands/start.mjs')).start(context),
  test: async context => (await import('./commands/test.mjs')).test(context),
  dev: async context => (await import('./commands/dev.mjs')).dev(context),
  lint: async context => (await import('./commands/test.mjs')).lint(context),
  tsc: async context => (await import('./commands/test.mjs')).tsc(context),
  'test:unit': async context => (await import('./commands/test.mjs')).unit(context),
  e2e: async context => (await import('./commands/test.mjs')).e2e(context),
  bench: async context => (await import('./commands/test.mjs')).bench(context),
  screenshots: async context => (await import('./commands/screenshots.mjs')).screenshots(context),
  bundle: async context => (await import('./commands/bundle.mjs')).bundle(context),
  'ledger:verify': async context => (await import('./commands/ledger.mjs')).verifyLedger(context),
  'test:nightly': async context => (await import('./commands/test.mjs')).nightly(context),
};

async function main(argv) {
  const interruption = watchInterruption();
  try {
    if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE_MAJOR) {
      throw new LauncherError(
        'node-too-old',
        `This command needs Node.js ${OLDEST_NODE_MAJOR} or newer, this is ${process.version}.`,
        {
          hint: 'Install Node.js 24 from your distribution or from nodejs.org.',
        },
      );
    }
    if (argv.length === 0 || argv[0] === '--help') {
      for (const command of Object.keys(COMMANDS)) process.stdout.write(helpText(command));
      return 0;
    }
    const commandLine = parseCommandLine(argv);
    if (commandLine.isHelp) {
      process.stdout.write(helpText(commandLine.command));
      return 0;
    }
    return await HANDLERS[commandLine.command]({ commandLine, steps: createSteps(), signal: interruption.signal });
  } catch (thrown) {
    const error = toLauncherError(thrown, `npm run ${argv[0]}`);
    process.stderr.write(formatLauncherError(error));
    return error.code === 'interrupted' ? 130 : 1;
  } finally {
    interruption.dispose();
  }
}

process.exitCode = await main(process.argv.slice(2));
