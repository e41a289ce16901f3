import type { Evaluation } from '@leitstand/plugin-ml-models-common';
import { checkGate, describeGate } from './gate';

function regression(r2: number, mae = 1): Evaluation {
  return {
    kind: 'regression',
    metrics: [
      { metric: 'r2_score', value: r2 },
      { metric: 'mean_absolute_error', value: mae },
    ],
  };
}

it.each([
  [{ metric: 'r2_score', bound: 0.9 }, regression(0.9), undefined, 'r2_score is 0.9'],
  [{ metric: 'r2_score', maximumLoss: 0.1 }, regression(0.75), regression(0.8), 'r2_score is 0.75, it was 0.8'],
  [{ metric: 'r2_score', maximumLoss: 0.1 }, regression(0.1), undefined, 'r2_score is 0.1'],
  [{ metric: 'mean_absolute_error', bound: 2 }, regression(0, 2), undefined, 'mean_absolute_error is 2'],
] as const)('%j lets %j pass', (gate, now, before, found) => expect(checkGate(gate, now, before)).toBe(found));

it.each([
  [{ metric: 'r2_score', bound: 0.9 }, regression(0.89), undefined, /at least 0\.9/],
  [{ metric: 'r2_score', maximumLoss: 0.05 }, regression(0.7), regression(0.8), /was 0\.8/],
  [{ metric: 'mean_absolute_error', bound: 2 }, regression(1, 2.1), undefined, /at most 2/],
  [{ metric: 'mean_absolute_error', maximumLoss: 0.5 }, regression(1, 2), regression(1, 1), /was 1/],
  [{ metric: 'r2_score', maximumLoss: 1 }, regression(1), { kind: 'none' }, /nothing is known of r2_score/],
  [{ metric: 'roc_auc', bound: 0 }, regression(1), undefined, /says nothing of roc_auc/],
  [{ metric: 'r2_score', bound: 0 }, { kind: 'none' }, undefined, /says nothing/],
] as const)('%j stops %j', (gate, now, before, words) =>
  expect(() => checkGate(gate, now, before)).toThrow(
    expect.objectContaining({ code: 'GATE_NOT_MET', message: expect.stringMatching(words) }),
  ),
);

it('says in words what it asks for', () => {
  expect(describeGate({ metric: 'r2_score', bound: 0.9, maximumLoss: 0.1 })).toBe(
    'r2_score is at least 0.9 and r2_score falls by at most 0.1 against the model as it was',
  );
  expect(describeGate({ metric: 'log_loss', bound: 1 })).toBe('log_loss is at most 1');
});
