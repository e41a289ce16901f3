import type { Workload } from '@leitstand/plugin-rollouts-common';

/** The later of what was told and what was asked. At the same time the told one: it goes on being told. */
export function newerOf(told: Workload | undefined, asked: Workload | undefined): Workload | undefined {
  if (!told || !asked) return told ?? asked;
  const isAskedNewer = Date.parse(asked.freshness.observedAt) > Date.parse(told.freshness.observedAt);
  return isAskedNewer ? asked : told;
}
