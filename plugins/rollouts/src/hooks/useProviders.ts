import type { ProviderList } from '@leitstand/plugin-kit-common';
import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';

const pollMs = 15_000;

/** What the catalogue's providers last did, asked for every 15 s. */
export function useProviders(): Resource<ProviderList> {
  const rollouts = useApi(rolloutsApiRef);
  const load = useCallback((signal: AbortSignal) => rollouts.listProviders({ signal }), [rollouts]);
  return useResource(load, { pollMs });
}
