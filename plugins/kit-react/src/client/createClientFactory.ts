import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
  type AnyApiFactory,
  type ApiRef,
} from '@backstage/core-plugin-api';
import type { JsonClientOptions } from '@leitstand/plugin-kit-common';

/** Makes the client of an area's backend for the app: it carries the signed-in person's token. */
export function createClientFactory<TApi>(
  api: ApiRef<TApi>,
  create: (sources: Omit<JsonClientOptions, 'pluginId'>) => TApi,
): AnyApiFactory {
  return createApiFactory({
    api,
    deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
    factory: create,
  });
}
