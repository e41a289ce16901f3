import { useMemo, useSyncExternalStore } from 'react';
import { SharedResource, type SharedResourceOptions } from './SharedResource';
import type { Resource } from './useResource';

/** What is loaded, and for whom it is kept. */
export interface SharedResourceRequest<TValue> extends SharedResourceOptions<TValue> {
  /** Lives as long as what was loaded may be kept; an API, so that another person's page has its own. */
  owner: object;
  /** Names one thing of the owner. The first `load` of a key stays in use. */
  key: string;
}

const resources = new WeakMap<object, Map<string, SharedResource<unknown>>>();

/** Like `useResource`, for what many components of a page show: they share one request and one timer. */
export function useSharedResource<TValue>(request: SharedResourceRequest<TValue>): Resource<TValue> {
  const { owner, key, load, pollMs } = request;
  const resource = useMemo(() => sharedResource({ owner, key, load, pollMs }), [owner, key, load, pollMs]);
  const state = useSyncExternalStore(resource.subscribe, resource.getState);
  return { ...state, reload: resource.reload };
}

function sharedResource<TValue>(request: SharedResourceRequest<TValue>): SharedResource<TValue> {
  const ofOwner = resources.get(request.owner) ?? new Map<string, SharedResource<unknown>>();
  resources.set(request.owner, ofOwner);
  const known = ofOwner.get(request.key);
  // A key has one type: that of the hook which names it.
  if (known) return known as SharedResource<TValue>;
  const resource = new SharedResource(request);
  ofOwner.set(request.key, resource);
  return resource;
}
