import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { welcomeText } from './start.mjs';
import { postgresResult, reportedFigures } from './suites.mjs';

describe('welcomeText', () => {
  it('says where, as whom, what to try, and how long it took', () => {
    const signIns = [
      { name: 'operator', role: 'operator', note: 'of the todo team' },
      { name: 'guest', role: 'guest', note: '' },
    ];
    const text = welcomeText(
      { url: 'http://localhost:7007', homelab: { signIns } },
      { durationMs: 12_340, ownSystems: [] },
    );
    assert.match(text, /ready: http:\/\/localhost:7007 {3}\(after 12\.3 s\)/);
    assert.match(text, /^ {4}operator {2}operator: of the todo team$/m);
    assert.match(text, /^ {4}guest {5}guest$/m);
    assert.equal(text.match(/^ {4}[123]\. /gm).length, 3);
  });

  it('says that changes are real instead, when systems are', () => {
    const facts = { durationMs: 1, ownSystems: ['cluster shop at https://k.example'] };
    const text = welcomeText({ url: 'http://localhost:7007', homelab: { signIns: [] } }, facts);
    assert.match(text, /real systems.*\n {4}cluster shop at https:\/\/k\.example\n/);
    assert.doesNotMatch(text, /things to try/);
  });
});

describe('reportedFigures', () => {
  it('keeps what benchmarks print', () => {
    const log =
      'PASS src/a.test.ts (64 s)\n\nstart\n  second start: p50   4.8 s\n\nTest Suites: 1 passed\nTime:  90 s\n';
    assert.equal(reportedFigures(log), '\nstart\n  second start: p50   4.8 s');
  });
});

describe('postgresResult', () => {
  it('fails a run without PostgreSQL', () => {
    const result = { passedNames: ['ledger › works on SQLITE_3'] };
    assert.equal(postgresResult(result).failed, 1);
    assert.equal(postgresResult({ passedNames: [...result.passedNames, 'ledger on POSTGRES_18'] }).failed, 0);
  });
});
