import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LAUNCHER_ERROR_CODES, LauncherError, explainOutput, formatLauncherError, toLauncherError } from './errors.mjs';

describe('explainOutput', () => {
  const table = [
    ["Error: ENOSPC: no space left on device, write '/x'", 'disk-full'],
    ['fetch failed: ECONNRESET after ENOSPC', 'disk-full'],
    ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'out-of-memory'],
    ['YN0028: The lockfile would have been modified by this install, which is explicitly forbidden.', 'lock-outdated'],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['RequestError: unable to get local issuer certificate', 'certificate'],
    ['YN0001: RequestError: getaddrinfo ENOTFOUND registry.example', 'no-network'],
    ['RequestError: connect ECONNREFUSED 192.0.2.1:443', 'no-network'],
    ['npm error code EAI_AGAIN', 'no-network'],
    ["Error: EACCES: permission denied, mkdir '/x'", 'no-permission'],
    ['Error: listen EADDRINUSE: address already in use 127.0.0.1:7007', 'port-in-use'],
    ['src/index.ts(3,1): error TS1005', undefined],
  ];
  for (const [output, code] of table) {
    it(`takes "${output.slice(0, 50)}" for ${code}`, () => {
      assert.equal(explainOutput(output)?.code, code);
    });
  }
});

describe('toLauncherError', () => {
  it('keeps a launcher error as it is', () => {
    const error = new LauncherError('not-ready', 'x');
    assert.equal(toLauncherError(error, 'start'), error);
  });

  it('recognises an error by its code and says what was being done', () => {
    const cause = Object.assign(new Error('write failed'), { code: 'ENOSPC' });
    const error = toLauncherError(cause, 'build');
    assert.equal(error.code, 'disk-full');
    assert.match(error.message, /while: build/);
    assert.equal(error.cause, cause);
  });

  it('reports what it does not know as a failed step', () => {
    assert.equal(toLauncherError('odd', 'build').code, 'step-failed');
    assert.match(toLauncherError(new Error('odd'), 'build').message, /build failed: odd/);
  });
});

describe('LauncherError', () => {
  it('has a closed list of codes', () => {
    assert.throws(() => new LauncherError('unheard-of', 'x'), TypeError);
    assert.deepEqual([...LAUNCHER_ERROR_CODES].sort(), [...LAUNCHER_ERROR_CODES]);
  });

  it('is told with the end of the log, where the log is, and what to try', () => {
    const text = formatLauncherError(
      new LauncherError('step-failed', 'Build failed.', {
        hint: 'Look.',
        logFile: 'build.log',
        logTail: ['one', 'two'],
      }),
    );
    assert.equal(text, '\n✗ Build failed.\n\n  │ one\n  │ two\n\n  Whole log: build.log\n\n  What to try: Look.\n\n');
  });
});
