import { monthOf, monthsUntil, rangeOfMonth } from './months';

it('counts in UTC, over the turn of the year', () => {
  expect(monthOf(new Date('2026-11-30T23:59:59.999Z'))).toBe('2026-11');
  expect(monthsUntil('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(rangeOfMonth('2025-12')).toEqual({
    from: new Date('2025-12-01T00:00:00Z'),
    to: new Date('2026-01-01T00:00:00Z'),
  });
});
