import type { AreaHealth, CatalogSource, PortalHealth } from '@leitstand/plugin-connections-common';

const worstFirst: AreaHealth['state'][] = ['down', 'degraded', 'up'];

/** Those that need somebody's attention first, of them those without which nothing works, then by name. */
export function sortAreas(areas: readonly AreaHealth[]): AreaHealth[] {
  const rank = ({ state, isRequired }: AreaHealth) => worstFirst.indexOf(state) * 2 + (isRequired ? 0 : 1);
  return [...areas].sort((a, b) => {
    const isWell = a.state === 'up' && b.state === 'up';
    return (isWell ? 0 : rank(a) - rank(b)) || a.area.localeCompare(b.area);
  });
}

/** How many areas are not well; what the navigation shows. */
export function countProblems({ areas }: Pick<PortalHealth, 'areas'>): number {
  return areas.filter(({ state }) => state !== 'up').length;
}

/** One part of a whole. */
export interface Share {
  /** Names it among the others. */
  kind: string;
  count: number;
}

/** What percentage of the whole each share is; nothing of nothing. */
export function percentages(shares: readonly Share[]): number[] {
  const whole = shares.reduce((sum, { count }) => sum + count, 0);
  return shares.map(({ count }) => (whole === 0 ? 0 : (count / whole) * 100));
}

/** The points of the event loop's lines: minutes before the last look, and milliseconds. */
export function eventLoopPoints({ observedAt, process }: PortalHealth) {
  const now = Date.parse(observedAt);
  const pointsOf = (key: 'p99Ms' | 'maxMs') =>
    process.eventLoop.map(slot => ({ x: (Date.parse(slot.at) - now) / 60_000, y: slot[key] }));
  return { p99: pointsOf('p99Ms'), max: pointsOf('maxMs') };
}

/** Age of each source in seconds, the oldest first; and those that were never read completely. */
export function sourceAges({ observedAt, sources }: Pick<PortalHealth, 'observedAt' | 'sources'>) {
  const isUnique = (name: string) => sources.filter(({ source }) => source === name).length === 1;
  const labelOf = ({ provider, source }: CatalogSource) => (isUnique(source) ? source : `${source} (${provider})`);
  const ages = sources.flatMap(source => {
    if (source.lastCompleteAt === undefined) return [];
    const ageMs = Math.max(0, Date.parse(observedAt) - Date.parse(source.lastCompleteAt));
    return [{ label: labelOf(source), value: Math.round(ageMs / 1000) }];
  });
  return {
    ages: ages.sort((a, b) => b.value - a.value),
    never: sources.filter(({ lastCompleteAt }) => lastCompleteAt === undefined).map(labelOf),
  };
}
