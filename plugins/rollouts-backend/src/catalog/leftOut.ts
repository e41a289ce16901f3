import type { ProviderStatus } from '@leitstand/plugin-kit-common';
import type { WorkloadObject } from '../model/workloadObjects';
import { matchesPattern } from '../model/namespacePatterns';
import type { CatalogConfig } from './catalogConfig';

/** What was not taken, and why. */
export type LeftOut = ProviderStatus['leftOut'][number];

/** Why the configuration keeps a workload out of the catalogue; undefined where it does not. */
function exclusionOf(workload: WorkloadObject, config: CatalogConfig): Omit<LeftOut, 'count'> | undefined {
  const { namespace, labels } = workload.metadata;
  const { include, exclude } = config.namespaces;
  const pattern = exclude.find(candidate => matchesPattern(namespace, candidate));
  if (pattern) {
    const key = 'rollouts.catalog.namespaces.exclude';
    return { what: namespace, reason: `namespace excluded by ${key} (${pattern})` };
  }
  if (include && !include.some(candidate => matchesPattern(namespace, candidate))) {
    return { what: namespace, reason: 'namespace not in rollouts.catalog.namespaces.include' };
  }
  if (config.labelSelector && !config.labelSelector.matches(labels)) {
    return {
      what: namespace,
      reason: `labels do not fit rollouts.catalog.labelSelector (${config.labelSelector.text})`,
    };
  }
  return undefined;
}

/** Splits workloads into those that are taken and the counted rest. */
export function sift<TWorkload extends { object: WorkloadObject }>(
  workloads: readonly TWorkload[],
  config: CatalogConfig,
): { taken: TWorkload[]; leftOut: LeftOut[] } {
  const taken: TWorkload[] = [];
  const leftOut = new Map<string, LeftOut>();
  for (const workload of workloads) {
    const exclusion = exclusionOf(workload.object, config);
    if (!exclusion) {
      taken.push(workload);
      continue;
    }
    const key = JSON.stringify(exclusion);
    leftOut.set(key, { ...exclusion, count: (leftOut.get(key)?.count ?? 0) + 1 });
  }
  return { taken, leftOut: [...leftOut.values()].sort((a, b) => a.what.localeCompare(b.what)) };
}
