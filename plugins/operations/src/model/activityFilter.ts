import { entityRefSchema, runStateSchema, type RunState } from '@leitstand/plugin-operations-common';

/** What the activity page shows; kept in the address, so that it can be sent to somebody. */
export interface ActivityFilter {
  entityRef?: string;
  requester?: string;
  state?: RunState;
}

/** Reads the filter from an address. What is not understood is left out. */
export function parseActivityFilter(params: URLSearchParams): ActivityFilter {
  return {
    entityRef: entityRefSchema.safeParse(params.get('entity')).data,
    requester: entityRefSchema.safeParse(params.get('requester')).data,
    state: runStateSchema.safeParse(params.get('state')).data,
  };
}

/** Writes the filter into an address. */
export function formatActivityFilter(filter: ActivityFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.entityRef) params.set('entity', filter.entityRef);
  if (filter.requester) params.set('requester', filter.requester);
  if (filter.state) params.set('state', filter.state);
  return params;
}
