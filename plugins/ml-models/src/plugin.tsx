import { ApiBlueprint, createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { ConnectionSourceBlueprint, EntityHealthBlueprint, HomeCardBlueprint } from '@leitstand/plugin-kit-react';
import { mlModelsApiFactory } from './api';
import { modelExtensions } from './modelExtensions';
import { modelHealthApiFactory, modelHealthApiRef } from './modelHealthApi';
import { pageExtensions } from './pageExtensions';
import { modelsRouteRef } from './routes';
import { formFieldExtensions } from './template/formFieldExtensions';

const mlModelsApi = ApiBlueprint.make({ params: defineParams => defineParams(mlModelsApiFactory) });

const modelHealthApi = ApiBlueprint.make({
  name: 'entity-health',
  params: defineParams => defineParams(modelHealthApiFactory),
});

const ownedHealth = EntityHealthBlueprint.make({ params: { api: modelHealthApiRef } });

const modelsCard = HomeCardBlueprint.make({
  name: 'models',
  params: {
    order: 30,
    column: 'side',
    loader: () => import('./components/ModelsCard').then(m => <m.ModelsCard />),
  },
});

const connectionSource = ConnectionSourceBlueprint.make({ params: { pluginId: 'ml-models', title: 'Models' } });

/** Models as tabs and cards, all of them, their predictions and what they cost. */
export const mlModelsPlugin = createFrontendPlugin({
  pluginId: 'ml-models',
  title: 'Models',
  routes: { root: modelsRouteRef },
  extensions: [
    mlModelsApi,
    modelHealthApi,
    ownedHealth,
    modelsCard,
    connectionSource,
    ...modelExtensions,
    ...pageExtensions,
    ...formFieldExtensions,
  ],
});
