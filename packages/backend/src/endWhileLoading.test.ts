import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const transform = require.resolve('@backstage/cli-node/config/nodeTransform.cjs');
const modulePath = resolve(__dirname, 'endWhileLoading.ts');

/** How a process that has loaded the module ends by SIGTERM. */
async function endOf(program: string): Promise<[code: number | null, signal: string | null]> {
  const code = `const loaded = require(${JSON.stringify(modulePath)}); ${program}; setInterval(() => {}, 1e6); console.log('up')`;
  const child = spawn(process.execPath, ['--require', transform, '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  return (await once(child, 'exit')) as [number | null, string | null];
}

describe('endWhileLoading', () => {
  it('ends a process that still loads', async () => {
    expect(await endOf('')).toEqual([0, null]);
  });

  it('leaves signals to whoever listens afterwards', async () => {
    expect(await endOf('process.on("SIGTERM", () => process.exit(7)); loaded.stopEndingAtOnce()')).toEqual([7, null]);
  });
});
