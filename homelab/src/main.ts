// The homelab as a process: `main.ts --state <folder> --portal-url <url>`. Prints one line HOMELAB_READY when it answers.
import { parseArgs } from 'node:util';
import { startScenario } from './scenario/startScenario';

/** Longest time that an end in good order may take. */
const shutdownMs = 2_500;

function report(error: unknown): void {
  process.stderr.write(`homelab: ${error instanceof Error ? error.message : String(error)}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { state: { type: 'string' }, 'portal-url': { type: 'string' } } });
  if (!values.state || !values['portal-url']) throw new Error('usage: main.ts --state <folder> --portal-url <url>');
  const ended = new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const scenario = await startScenario({ stateDir: values.state, portalUrl: values['portal-url'], onError: report });
  process.stdout.write(`HOMELAB_READY ${JSON.stringify(scenario.ready)}\n`);
  await ended;
  setTimeout(() => process.exit(1), shutdownMs).unref();
  await scenario[Symbol.asyncDispose]();
}

main().catch((error: unknown) => {
  report(error);
  process.exit(1); // whatever is still open must not keep a homelab that failed alive
});
