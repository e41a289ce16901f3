import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkResult, jestResult, summaryText, tapResult } from './testResults.mjs';

const report = {
  numPassedTests: 2,
  numFailedTests: 1,
  testResults: [
    {
      name: '/repo/a.test.ts',
      status: 'passed',
      message: '',
      startTime: 1000,
      endTime: 3500,
      assertionResults: [{ status: 'passed', fullName: 'ledger on POSTGRES_18' }],
    },
    {
      name: '/repo/b.test.ts',
      status: 'failed',
      message: 'expected 1',
      startTime: 1000,
      endTime: 1100,
      assertionResults: [
        { status: 'failed', fullName: 'b' },
        { status: 'passed', fullName: 'c' },
      ],
    },
    {
      name: '/repo/broken.test.ts',
      status: 'failed',
      message: 'Cannot find module',
      startTime: 0,
      endTime: 0,
      assertionResults: [],
    },
  ],
};

describe('jestResult', () => {
  it('counts tests, and a file that could not be run as one failure', () => {
    const result = jestResult('unit', report, '/repo');
    assert.equal(result.passed, 2);
    assert.equal(result.failed, 2);
    assert.deepEqual(result.messages, ['b.test.ts\nexpected 1', 'broken.test.ts\nCannot find module']);
    assert.deepEqual(result.passedNames, ['ledger on POSTGRES_18', 'c']);
  });
});

describe('tapResult', () => {
  it('reads the totals and the names of what failed', () => {
    const output = 'not ok 1 - outer\n    not ok 2 - inner\n# pass 7\n# fail 1\n# cancelled 1\n';
    assert.deepEqual(tapResult('launcher', output), {
      part: 'launcher',
      passed: 7,
      failed: 2,
      messages: ['outer', 'inner'],
      files: [],
      passedNames: [],
    });
  });

  it('takes output without totals for a failure', () => {
    assert.equal(tapResult('launcher', 'Segmentation fault').failed, 1);
  });
});

describe('summaryText', () => {
  it('ends with the plain sum over all parts', () => {
    const results = [jestResult('unit', report, '/repo'), checkResult('types'), checkResult('lint', 'bad import')];
    const timings = [
      { name: 'unit', startMs: 10, durationMs: 2500 },
      { name: 'besides', startMs: 1010, durationMs: 2000 },
    ];
    const lines = summaryText(results, timings).split('\n');
    assert.ok(lines.includes('Steps took 3.0 s in total'));
    assert.equal(lines.at(-1), '');
    assert.equal(lines.at(-2), '3 passed, 3 failed');
    assert.ok(lines.includes('✗ lint: bad import'));
    assert.ok(lines.includes('     2.5 s  a.test.ts'));
  });
});
