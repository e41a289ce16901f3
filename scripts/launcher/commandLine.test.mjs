import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { COMMANDS, helpText, parseCommandLine } from './commandLine.mjs';
import { ROOT } from './paths.mjs';

describe('parseCommandLine', () => {
  it('knows the defaults of a start', () => {
    assert.deepEqual(parseCommandLine(['start']), {
      command: 'start',
      isHelp: false,
      options: { port: 7007, reset: false, config: [] },
      rest: [],
    });
  });

  it('reads the options of a start', () => {
    const { options } = parseCommandLine(['start', '--port', '7010', '--reset', '--config', 'a', '--config', 'b']);
    assert.deepEqual(options, { port: 7010, reset: true, config: ['a', 'b'] });
  });

  it('reads which clusters to use', () => {
    const { options } = parseCommandLine(
      'start --kubeconfig k.yaml --context a --context b --operator-context c'.split(' '),
    );
    assert.deepEqual(options, {
      port: 7007,
      reset: false,
      config: [],
      kubeconfig: 'k.yaml',
      context: ['a', 'b'],
      'operator-context': ['c'],
    });
  });

  it('leaves out the install where the dependencies are there, as in an image', () => {
    assert.deepEqual(parseCommandLine(['bundle', '--installed']).options, { installed: true });
    assert.deepEqual(parseCommandLine(['bundle']).options, { installed: false });
  });

  it('hands the arguments of single suites on', () => {
    assert.deepEqual(parseCommandLine(['e2e', 'rollback', '-t', 'undo']).rest, ['rollback', '-t', 'undo']);
  });

  for (const argv of [
    [],
    ['fly'],
    ['start', '--port', '0'],
    ['start', '--port', '65536'],
    ['start', '--port', 'x'],
    ['start', '--colour'],
    ['start', '--context', 'a'],
    ['start', '--operator-context', 'a'],
    ['lint', 'rest'],
  ]) {
    it(`refuses "${argv.join(' ')}"`, () => {
      assert.throws(() => parseCommandLine(argv), { code: 'bad-usage' });
    });
  }
});

describe('COMMANDS', () => {
  it('are the scripts of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    assert.deepEqual(Object.keys(scripts).sort(), Object.keys(COMMANDS).sort());
  });

  it('each have a help text with their options', () => {
    assert.match(helpText('start'), /--port N/);
    for (const command of Object.keys(COMMANDS)) assert.match(helpText(command), new RegExp(`npm run ${command}`));
  });
});
