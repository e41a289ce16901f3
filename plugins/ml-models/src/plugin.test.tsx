import { createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { operationsApiRef } from '@leitstand/plugin-operations-react';
import { screen } from '@testing-library/react';
import { mlModelsApiOf } from './__testUtils__/renderWithApis';
import { mlModelsApiRef } from './api';
import mlModelsPlugin from '.';

const surroundings = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    PageBlueprint.make({
      name: 'entity',
      params: { path: '/catalog/:namespace/:kind/:name', routeRef: entityRouteRef, loader: async () => <div /> },
    }),
  ],
});

describe('mlModelsPlugin', () => {
  it.each([
    ['/models', 'temp_prediction_model'],
    ['/models/compare', 'Choose two to four models'],
    ['/models/jobs', 'No job fits'],
  ])('serves %s', async (path, text) => {
    renderTestApp({
      features: [mlModelsPlugin, surroundings],
      initialRouteEntries: [path],
      apis: [
        [mlModelsApiRef, mlModelsApiOf()],
        [operationsApiRef, {}],
      ],
    });
    expect((await screen.findAllByText(text))[0]).toBeVisible();
  });
});
