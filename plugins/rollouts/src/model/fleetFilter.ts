import {
  healthStateSchema,
  workloadKindSchema,
  type HealthState,
  type WorkloadKind,
} from '@leitstand/plugin-rollouts-common';

/** What the fleet page shows; kept in the address, so that it can be sent to somebody. */
export interface FleetFilter {
  isProblemsOnly?: boolean;
  health?: HealthState;
  cluster?: string;
  namespace?: string;
  kind?: WorkloadKind;
  /** Part of a name, namespace or image. */
  text?: string;
}

/** Reads the filter from an address. What is not understood is left out. */
export function parseFleetFilter(params: URLSearchParams): FleetFilter {
  return {
    isProblemsOnly: params.get('show') === 'problems' || undefined,
    health: healthStateSchema.safeParse(params.get('health')).data,
    cluster: params.get('cluster') || undefined,
    namespace: params.get('namespace') || undefined,
    kind: workloadKindSchema.safeParse(params.get('kind')).data,
    text: params.get('text')?.slice(0, 200) || undefined,
  };
}

/** Writes the filter into an address. */
export function formatFleetFilter(filter: FleetFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.isProblemsOnly) params.set('show', 'problems');
  for (const name of ['health', 'cluster', 'namespace', 'kind', 'text'] as const) {
    const value = filter[name];
    if (value) params.set(name, value);
  }
  return params;
}
