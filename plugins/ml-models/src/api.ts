import { createApiRef, type AnyApiFactory } from '@backstage/core-plugin-api';
import { createClientFactory } from '@leitstand/plugin-kit-react';
import { MlModelsClient } from '@leitstand/plugin-ml-models-common';

/** What the components need of the ml-models area; `MlModelsClient` is the real one. */
export type MlModelsApi = Pick<MlModelsClient, keyof MlModelsClient>;

/** Models, their predictions and what they cost. */
export const mlModelsApiRef = createApiRef<MlModelsApi>({ id: 'plugin.ml-models.api' });

/** Makes an `MlModelsClient` that carries the signed-in person's token. */
export const mlModelsApiFactory: AnyApiFactory = createClientFactory(
  mlModelsApiRef,
  sources => new MlModelsClient(sources),
);
