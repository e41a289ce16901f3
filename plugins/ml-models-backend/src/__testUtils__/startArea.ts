import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { BigQueryHomelab } from '@leitstand/homelab';
import { MlModelsClient, type ModelRef } from '@leitstand/plugin-ml-models-common';
import mlModelsPlugin from '../plugin';

/** The model that the guide trains. */
export const temperature: ModelRef = {
  project: 'homelab-lamp',
  dataset: 'weather_analysis',
  model: 'temp_prediction_model',
};

/** Configuration of the area in front of a homelab's warehouse. */
export function areaConfig(homelab: Pick<BigQueryHomelab, 'url' | 'projects' | 'tokens'>, more: object = {}) {
  return {
    mlModels: {
      connections: [
        {
          name: 'homelab',
          projectId: 'homelab-lamp',
          projects: homelab.projects,
          location: 'EU',
          apiEndpoint: homelab.url,
          accessToken: homelab.tokens.reader,
        },
      ],
      price: { perTebibyte: 6.25, currency: 'USD' },
      ...more,
    },
  };
}

/** What a started area is told. */
export interface AreaOptions {
  config: object;
  entities?: Entity[];
  /** Permissions that are refused. */
  denied?: string[];
  features?: BackendFeature[];
}

/** Starts the area with its routes. */
export async function startArea({ config, entities = [], denied = [], features = [] }: AreaOptions) {
  const decide = async (requests: Array<{ permission: { name: string } }>) =>
    requests.map(({ permission }) => ({
      result: denied.includes(permission.name) ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
    }));
  const backend = await startTestBackend({
    features: [
      mlModelsPlugin,
      mockServices.rootConfig.factory({ data: config }),
      catalogServiceMock.factory({ entities }),
      mockServices.permissions.mock({ authorize: decide as never, authorizeConditional: decide as never }).factory,
      ...features,
    ],
  });
  const baseUrl = `http://localhost:${backend.server.port()}`;
  const clientOf = (person = 'user:default/olga') =>
    new MlModelsClient({
      discoveryApi: { getBaseUrl: async () => `${baseUrl}/api/ml-models` },
      fetchApi: {
        fetch: (input, init) =>
          fetch(input, { ...init, headers: { ...init?.headers, Authorization: mockCredentials.user.header(person) } }),
      },
    });
  return { baseUrl, client: clientOf(), clientOf, [Symbol.asyncDispose]: () => backend.stop() };
}
