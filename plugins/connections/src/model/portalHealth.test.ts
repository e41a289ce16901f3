import type { AreaHealth, PortalHealth } from '@leitstand/plugin-connections-common';
import { countProblems, eventLoopPoints, percentages, sortAreas, sourceAges } from './portalHealth';

const observedAt = '2026-03-01T08:10:00.000Z';

function areaOf(area: string, state: AreaHealth['state'], isRequired = false): AreaHealth {
  return { area, state, isRequired, since: observedAt };
}

it('areas: trouble first, and of that what everybody needs', () => {
  const areas = [
    ...[areaOf('a', 'up'), areaOf('b', 'degraded'), areaOf('c', 'down'), areaOf('d', 'down', true)],
    ...[areaOf('e', 'degraded', true), areaOf('f', 'up', true)],
  ];
  expect(sortAreas(areas).map(({ area }) => area)).toEqual(['d', 'c', 'e', 'b', 'a', 'f']);
  expect(countProblems({ areas })).toBe(4);
});

it('shares of nothing are nothing', () => {
  expect(percentages([{ kind: 'a', count: 0 }])).toEqual([0]);
  expect(percentages([3, 1].map(count => ({ kind: String(count), count })))).toEqual([75, 25]);
});

it('the event loop is drawn by minutes before now', () => {
  const process = { eventLoop: [{ at: '2026-03-01T08:09:30.000Z', p99Ms: 2, maxMs: 31 }] };
  expect(eventLoopPoints({ observedAt, process } as PortalHealth)).toEqual({
    p99: [{ x: -0.5, y: 2 }],
    max: [{ x: -0.5, y: 31 }],
  });
});

it('sources: the oldest first, with the provider where a name is not enough, and those never read apart', () => {
  const sourceOf = (provider: string, source: string, lastCompleteAt?: string) => ({
    ...{ provider, source, lastCompleteAt, isFailing: false },
  });
  const sources = [
    sourceOf('workloads', 'k3s', '2026-03-01T08:09:00.000Z'),
    sourceOf('workloads', 'lab', '2026-03-01T08:00:00.000Z'),
    sourceOf('models', 'lab', '2026-03-01T08:11:00.000Z'),
    sourceOf('workloads', 'gke'),
  ];
  expect(sourceAges({ observedAt, sources })).toEqual({
    ages: [
      { label: 'lab (workloads)', value: 600 },
      { label: 'k3s', value: 60 },
      { label: 'lab (models)', value: 0 },
    ],
    never: ['gke'],
  });
});
