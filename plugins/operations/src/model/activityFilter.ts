import { entityRefSchema, runStateSchema, timestampSchema, type RunFilter } from '@leitstand/plugin-operations-common';

/** Reads the filter of the activity page from an address, so that it can be sent to somebody. What is not understood is left out. */
export function parseActivityFilter(params: URLSearchParams): RunFilter {
  return {
    entityRef: entityRefSchema.safeParse(params.get('entity')).data,
    requester: entityRefSchema.safeParse(params.get('requester')).data,
    operation: nameIn(params, 'operation'),
    environment: nameIn(params, 'environment'),
    state: runStateSchema.safeParse(params.get('state')).data,
    from: timestampSchema.safeParse(params.get('from')).data,
    to: timestampSchema.safeParse(params.get('to')).data,
  };
}

/** Writes the filter into an address. */
export function formatActivityFilter(filter: RunFilter): URLSearchParams {
  const { entityRef: entity, ...others } = filter;
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries({ entity, ...others })) {
    if (value) params.set(key, value);
  }
  return params;
}

const maxNameLength = 100;

function nameIn(params: URLSearchParams, key: string): string | undefined {
  return params.get(key)?.slice(0, maxNameLength) || undefined;
}
