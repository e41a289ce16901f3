import { checkFreeze } from './freezeForm';

const now = new Date('2026-03-01T08:00:00.000Z');
const endsAt = '2026-03-01T09:00:00.000Z';

describe('checkFreeze', () => {
  it('makes a request of a whole draft', () => {
    const scope = { environment: 'production' };
    expect(checkFreeze({ scope, reason: ' Sale ', endsAt }, now).request).toEqual({ scope, reason: 'Sale', endsAt });
    const startsAt = '2026-03-01T08:30:00.000Z';
    expect(checkFreeze({ scope, reason: 'Sale', startsAt, endsAt }, now).request).toEqual({
      scope,
      reason: 'Sale',
      startsAt,
      endsAt,
    });
  });

  it.each([
    [
      { scope: {}, reason: '' },
      { scope: 'scopeMissing', reason: 'reasonMissing', end: 'endMissing' },
    ],
    [{ scope: { cluster: 'k3s' }, reason: 'x', endsAt: '2026-03-01T07:00:00.000Z' }, { end: 'endTooEarly' }],
    [{ scope: { cluster: 'k3s' }, reason: 'x', startsAt: endsAt, endsAt }, { end: 'endTooEarly' }],
  ])('says what is wrong with %j', (draft, complaints) => {
    expect(checkFreeze(draft, now).complaints).toEqual(complaints);
  });
});
