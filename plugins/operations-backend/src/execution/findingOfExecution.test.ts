import { findingOfExecution } from './findingOfExecution';

const timing = { pollMs: 1_000, heartbeatMs: 5_000 };
const signs = { isClosed: false, loop: { silentForMs: 1_200 }, heartbeat: undefined, timing };

describe('findingOfExecution', () => {
  it.each([
    ['polls', signs, { state: 'up' }],
    ['renews', { ...signs, heartbeat: { silentForMs: 5_100 } }, { state: 'up' }],
    ['does not poll', { ...signs, loop: { silentForMs: 10_001 } }, { state: 'degraded', reason: 'queue-not-read' }],
    [
      'does not renew',
      { ...signs, heartbeat: { silentForMs: 10_001 } },
      { state: 'degraded', reason: 'leases-not-renewed' },
    ],
    ['ends', { ...signs, isClosed: true }, { state: 'down', reason: 'closing' }],
  ])('of one that %s', (_, given, finding) => {
    expect(findingOfExecution(given)).toEqual(finding);
  });
});
