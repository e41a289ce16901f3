import { useApi } from '@backstage/core-plugin-api';
import { useResource, type Resource } from '@leitstand/plugin-kit-react';
import type { RunningImages } from '@leitstand/plugin-rollouts-common';
import { useCallback } from 'react';
import { rolloutsApiRef } from '../api';

const pollMs = 30_000;

/** Which versions of which images run where, asked for every 30 s. */
export function useImages(): Resource<RunningImages> {
  const rollouts = useApi(rolloutsApiRef);
  const load = useCallback((signal: AbortSignal) => rollouts.listImages({ signal }), [rollouts]);
  return useResource(load, { pollMs });
}
