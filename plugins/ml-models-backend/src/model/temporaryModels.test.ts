import { candidateOf, isTemporary, snapshotOf, trainedFor } from './temporaryModels';

const ref = { project: 'homelab-lamp', dataset: 'w', model: 'rain' };
const runId = '0f3c2b1a-1111-4222-8333-444455556666';

it('gives each run names of its own, which are known again', () => {
  expect(candidateOf(ref, runId).model).toBe('rain__candidate_0f3c2b1a');
  expect(snapshotOf(ref, runId).model).toBe('rain__before_0f3c2b1a');
  expect([candidateOf(ref, runId), snapshotOf(ref, runId), ref].map(isTemporary)).toEqual([true, true, false]);
});

it.each(['rain__before', 'rain__before_summer', 'rain__candidate_0f3c2b1a_x'])('%s is a model like others', model =>
  expect(isTemporary({ model })).toBe(false),
);

it.each([
  ['homelab-lamp.w.rain__candidate_0f3c2b1a', 'homelab-lamp.w.rain'],
  ['homelab-lamp.w.rain__before_0f3c2b1a', 'homelab-lamp.w.rain__before_0f3c2b1a'],
  ['homelab-lamp.w.rain', 'homelab-lamp.w.rain'],
])('%s is trained for %s', (model, expected) => expect(trainedFor(model)).toBe(expected));
