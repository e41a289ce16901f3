import { parseChangeCause } from './changeCause';

const runId = 'c24c0f2f-d907-44cf-a386-8ff57928ad4e';

describe('parseChangeCause', () => {
  it.each([
    [
      `rolled back to revision 3 by user:default/operator: v1.6.0: never pushed (run ${runId})`,
      { did: 'rolled back to revision 3', requester: 'user:default/operator', reason: 'v1.6.0: never pushed', runId },
    ],
    [
      `restarted by service:default/ci (run ${runId})`,
      { did: 'restarted', requester: 'service:default/ci', reason: undefined, runId },
    ],
    ['deploy v4', undefined],
    ['kubectl set image deployment/web web=web:2 by hand', undefined],
  ])('%s', (changeCause, expected) => {
    expect(parseChangeCause(changeCause)).toEqual(expected);
  });
});
