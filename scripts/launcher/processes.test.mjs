import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LauncherError } from './errors.mjs';
import { LOG_TAIL_COUNT, runToEnd, startChild } from './processes.mjs';
import { ROOT } from './paths.mjs';
import { isAlive } from './stateLock.mjs';
import { temporaryDirectory } from './temporaryDirectory.mjs';

const directory = temporaryDirectory();
let count = 0;

function options(script, rest = {}) {
  count += 1;
  return {
    title: 'the step',
    command: process.execPath,
    arguments: ['-e', script],
    logFile: join(directory, `${count}.log`),
    ...rest,
  };
}

async function eventually(condition) {
  for (let attempt = 0; attempt < 6_000; attempt += 1) {
    if (condition()) return true;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return false;
}

/** Starts a child and waits for the line that it prints. */
async function startAndListen(script, rest) {
  let child;
  const line = await new Promise(resolve => {
    child = startChild(options(script, { ...rest, onLine: resolve }));
  });
  return { child, line };
}

describe('runToEnd', () => {
  it('keeps both outputs in the log', async () => {
    const step = options('console.log("out"); console.error("err")');
    assert.equal(await runToEnd(step), 0);
    assert.deepEqual(readFileSync(step.logFile, 'utf8').trim().split('\n').sort(), ['err', 'out']);
  });

  it('fails with the last lines of the log', async () => {
    const step = options('for (let i = 0; i < 100; i++) console.log(i); process.exitCode = 3');
    await assert.rejects(runToEnd(step), error => {
      assert.equal(error.code, 'step-failed');
      assert.equal(error.message, 'the step: failed with exit code 3');
      assert.equal(error.logTail.length, LOG_TAIL_COUNT);
      assert.equal(error.logTail.at(-1), '99');
      assert.equal(error.logFile, step.logFile);
      return true;
    });
  });

  it('explains what it recognises', async () => {
    await assert.rejects(runToEnd(options('console.error("ENOSPC"); process.exit(1)')), { code: 'disk-full' });
  });

  it('reports a program that is not there', async () => {
    await assert.rejects(runToEnd(options('', { command: 'no-such-program' })), {
      code: 'step-failed',
      message: /127/,
    });
  });

  it('ends the program when it is interrupted', async () => {
    const controller = new AbortController();
    const reason = new LauncherError('interrupted', 'stop');
    const step = options('console.log("up"); setInterval(() => {}, 1000)', {
      signal: controller.signal,
      onLine: () => controller.abort(reason),
    });
    await assert.rejects(runToEnd(step), reason);
  });

  it('starts nothing after an interruption', async () => {
    await assert.rejects(runToEnd(options('', { signal: AbortSignal.abort(new Error('over')) })), /over/);
  });
});

describe('startChild', () => {
  it('stops what the child started as well', async () => {
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log(child.pid); setInterval(() => {}, 1000)`;
    const { child, line } = await startAndListen(script);
    assert.ok(isAlive(Number(line)));
    await child.stop();
    assert.deepEqual(await child.exited, { code: 143, signal: 'SIGTERM' });
    assert.ok(await eventually(() => !isAlive(Number(line))));
  });

  it('kills a child that does not listen', async () => {
    const { child } = await startAndListen(
      'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)',
    );
    await child.stop(50);
    assert.equal((await child.exited).signal, 'SIGKILL');
  });

  it('may be stopped after its end', async () => {
    const child = startChild(options(''));
    await child.exited;
    await child.stop();
  });
});

describe('parentGuard', () => {
  /** A launcher that starts a guarded child and prints its process ID. */
  const launcher = script => `
    process.env.LEITSTAND_GUARD_GRACE_MS = '50';
    import(${JSON.stringify(join(ROOT, 'scripts', 'launcher', 'processes.mjs'))}).then(({ startChild }) => {
      const child = startChild({
        command: process.execPath,
        arguments: ['--require', ${JSON.stringify(join(ROOT, 'scripts', 'launcher', 'parentGuard.cjs'))}, '-e', ${JSON.stringify(script)}],
        logFile: ${JSON.stringify(join(directory, 'guarded.log'))},
        onLine: () => console.log(child.pid),
      });
    })`;

  for (const [title, script] of [
    ['ends the child when the launcher was killed', 'console.log("up"); setInterval(() => {}, 1000)'],
    [
      'ends even a child that does not listen',
      'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)',
    ],
  ]) {
    it(title, async () => {
      const { child, line } = await startAndListen(launcher(script));
      assert.ok(isAlive(Number(line)));
      process.kill(child.pid, 'SIGKILL');
      await child.exited;
      assert.ok(await eventually(() => !isAlive(Number(line))));
    });
  }

  it('does not keep a program alive that is done', async () => {
    const guard = join(ROOT, 'scripts', 'launcher', 'parentGuard.cjs');
    const step = options('', { arguments: ['--require', guard, '-e', '""'] });
    assert.equal(await runToEnd(step), 0);
  });
});
