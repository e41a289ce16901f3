import { fromLocalInput, localTimeZone, toLocalInput } from './localTime';

describe('localTime', () => {
  it.each(['2026-03-01T08:05:00.000Z', '2026-07-31T22:00:00.000Z', '1999-12-31T23:59:00.000Z'])(
    '%s survives the field',
    time => {
      expect(fromLocalInput(toLocalInput(time))).toBe(time);
    },
  );

  it('is empty without a time', () => {
    expect([toLocalInput(undefined), toLocalInput('soon'), fromLocalInput(''), fromLocalInput('2026-')]).toEqual([
      '',
      '',
      undefined,
      undefined,
    ]);
  });

  it('knows the zone', () => {
    expect(localTimeZone()).toMatch(/\w/);
  });
});
