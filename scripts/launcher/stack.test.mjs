import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LauncherError } from './errors.mjs';
import { startStack } from './stack.mjs';
import { isAlive } from './stateLock.mjs';
import { temporaryDirectory } from './temporaryDirectory.mjs';

const directory = temporaryDirectory();

function entry(name, source) {
  const file = join(directory, name);
  writeFileSync(file, source);
  return file;
}

const READY = {
  environment: { HOMELAB_WORD: 'hello' },
  signIns: [{ name: 'operator', role: 'operator', note: 'todo team' }],
  systems: [{ name: 'k3s', url: 'http://127.0.0.1:1' }],
};

const homelab = entry(
  'homelab.cjs',
  `const { appendFileSync } = require('node:fs');
   const state = process.argv[process.argv.indexOf('--state') + 1];
   process.on('SIGTERM', () => { appendFileSync(state + '/../order', 'homelab '); process.exit(0); });
   console.log('starting');
   console.log('HOMELAB_READY ' + ${JSON.stringify(JSON.stringify(READY))});
   setInterval(() => {}, 1000);`,
);

/** Ready on the second question; shows what it was started with; dies when asked to. */
const backend = entry(
  'backend.cjs',
  `const { appendFileSync } = require('node:fs');
   let questions = 0;
   const server = require('node:http').createServer((request, response) => {
     if (request.url === '/die') process.exit(7);
     if (request.url === '/facts') {
       return response.end(JSON.stringify({ argv: process.argv.slice(2), word: process.env.HOMELAB_WORD,
         port: process.env.LEITSTAND_PORT, state: process.env.LEITSTAND_STATE, extra: process.env.EXTRA }));
     }
     questions += 1;
     response.statusCode = questions > 1 ? 200 : 503;
     response.end('ok');
   });
   server.listen(Number(process.env.LEITSTAND_PORT), '127.0.0.1');
   process.on('SIGTERM', () => { appendFileSync(process.env.LEITSTAND_STATE + '/order', 'backend '); process.exit(0); });`,
);

function options(name, rest = {}) {
  const stateDir = join(directory, name);
  return { port: 0, stateDir, logDirectory: join(stateDir, 'logs'), entries: { homelab, backend }, ...rest };
}

describe('startStack', () => {
  it('starts both, hands the homelab’s environment on, and stops the backend first', async () => {
    const configs = { defaultConfigs: ['/x/default.yaml'], extraConfigs: ['/x/extra.yaml'] };
    const settings = options('whole', { ...configs, env: { EXTRA: 'more' } });
    const stack = await startStack(settings);
    assert.deepEqual(stack.homelab, READY);
    const facts = await (await fetch(`${stack.url}/facts`)).json();
    assert.equal(facts.word, 'hello');
    assert.equal(facts.extra, 'more');
    assert.equal(facts.state, settings.stateDir);
    assert.equal(stack.url, `http://localhost:${facts.port}`);
    assert.match(
      facts.argv.join(' '),
      /app-config\.yaml --config .*app-config\.homelab\.yaml --config \/x\/default\.yaml( .*)? --config \/x\/extra\.yaml$/,
    );
    await stack.stop();
    await stack.stop();
    assert.equal(readFileSync(join(settings.stateDir, 'order'), 'utf8'), 'backend homelab ');
    const log = readFileSync(join(settings.logDirectory, 'homelab.log'), 'utf8');
    assert.equal(log, 'starting\n(a line that is not logged)\n'); // the ready message holds tokens
    assert.equal(isAlive(stack.pids.homelab) || isAlive(stack.pids.backend), false);
  });

  it('stops the other one and says why when one ends by itself', async () => {
    const stack = await startStack(options('death'));
    await fetch(`${stack.url}/die`).catch(() => undefined);
    const error = await stack.failed;
    assert.equal(error.code, 'child-ended');
    assert.match(error.message, /backend/);
    assert.equal(isAlive(stack.pids.homelab), false);
  });

  it('fails with the log when one does not come up', async () => {
    const broken = entry('broken.cjs', 'console.error("no such table"); process.exit(1)');
    const settings = options('broken', { entries: { homelab, backend: broken } });
    await assert.rejects(startStack(settings), { code: 'child-ended', message: /backend/, logTail: ['no such table'] });
    assert.match(readFileSync(join(settings.stateDir, 'order'), 'utf8'), /homelab/);
  });

  it('gives up after the time limit', async () => {
    const silent = entry('silent.cjs', 'setInterval(() => {}, 1000)');
    const settings = options('silent', { entries: { homelab: silent, backend }, readyTimeoutMs: 50 });
    await assert.rejects(startStack(settings), { code: 'not-ready', message: /homelab/ });
    assert.equal(existsSync(join(settings.stateDir, 'logs', 'backend.log')), false);
  });

  it('refuses a ready message that it does not understand', async () => {
    const odd = entry('odd.cjs', 'console.log("HOMELAB_READY soon"); setInterval(() => {}, 1000)');
    await assert.rejects(startStack(options('odd', { entries: { homelab: odd, backend } })), { code: 'not-ready' });
  });

  it('leaves nothing running when the start is interrupted', async () => {
    const controller = new AbortController();
    const reason = new LauncherError('interrupted', 'stop');
    const settings = options('interrupted', { signal: controller.signal, log: () => controller.abort(reason) });
    await assert.rejects(startStack(settings), reason);
    assert.match(readFileSync(join(settings.stateDir, 'order'), 'utf8'), /homelab/);
  });
});
