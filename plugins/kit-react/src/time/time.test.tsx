import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { formatAbsoluteTime, formatMoment, formatRelativeTime } from './formatTime';
import { RelativeTime } from './RelativeTime';
import { SinceTime } from './SinceTime';

const now = new Date('2026-11-21T08:00:00Z');

describe('formatRelativeTime', () => {
  it.each([
    ['2026-11-21T08:00:00Z', 'now'],
    ['2026-11-21T07:59:45Z', '15 sec. ago'],
    ['2026-11-21T07:58:01Z', '1 min. ago'],
    ['2026-11-21T05:00:00Z', '3 hr. ago'],
    ['2026-11-19T08:00:00Z', '2 days ago'],
    ['2026-09-01T08:00:00Z', '2 mo. ago'],
    ['2024-11-01T08:00:00Z', '2 yr. ago'],
    ['2026-11-21T10:00:00Z', 'in 2 hr.'],
  ])('%s is %s', (time, text) => {
    expect(formatRelativeTime(new Date(time), { now, locale: 'en' })).toBe(text);
  });

  it('speaks the language of the reader', () => {
    expect(formatRelativeTime(new Date('2026-11-19T08:00:00Z'), { now, locale: 'de' })).toBe('vor 2 Tagen');
  });
});

describe('formatAbsoluteTime', () => {
  it('names the second and the zone', () => {
    expect(formatAbsoluteTime(now, { locale: 'en', timeZone: 'Europe/Berlin' })).toBe('21 Nov 2026, 09:00:00 CET');
    expect(formatAbsoluteTime(now, { locale: 'de', timeZone: 'Europe/Berlin' })).toBe('21. Nov. 2026, 09:00:00 MEZ');
  });
});

describe('formatMoment', () => {
  it.each([
    [new Date(2026, 10, 21, 14, 2), '14:02'],
    [new Date(2026, 10, 20, 23, 59), '20 Nov, 23:59'],
    [new Date(2025, 10, 21, 0, 5), '21 Nov 2025, 00:05'],
  ])('leaves out what is the same as now: %s', (time, text) => {
    expect(formatMoment(time, { now: new Date(2026, 10, 21, 16), locale: 'en' })).toBe(text);
  });
});

describe('SinceTime', () => {
  it('says the moment and how long ago that is', async () => {
    const time = new Date(Date.now() - 10 * 60_000 - 1_000).toISOString();
    await renderInTestApp(<SinceTime time={time} />);
    expect((await screen.findByText('10 min. ago')).parentElement).toHaveTextContent(
      /since (\d+ \w+, )?\d\d:\d\d \(10 min\. ago\)/,
    );
  });
});

describe('RelativeTime', () => {
  afterEach(() => jest.useRealTimers());

  it('counts on, with the exact time as its description, and stops with the component', async () => {
    jest.useFakeTimers({ now, doNotFake: ['queueMicrotask', 'nextTick'], advanceTimers: true });
    const { unmount } = await renderInTestApp(<RelativeTime time="2026-11-21T07:59:30Z" />);
    const time = await screen.findByText(/sec. ago/);
    expect(time).toHaveAttribute('datetime', '2026-11-21T07:59:30.000Z');
    expect(time).toHaveAccessibleDescription(/21 Nov 2026, .*:59:30/);
    await act(() => jest.advanceTimersByTimeAsync(65_000));
    expect(time).toHaveTextContent('1 min. ago');
    unmount();
  });

  it('says so when there is no time', async () => {
    await renderInTestApp(<RelativeTime time="soon" />);
    expect(await screen.findByText('unknown')).toBeVisible();
  });
});
