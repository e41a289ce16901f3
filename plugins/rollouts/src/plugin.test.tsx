import { createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { liveApiRef } from '@leitstand/plugin-kit-react';
import { screen } from '@testing-library/react';
import { workloadListOf } from './__testUtils__/testData';
import { rolloutsApiRef } from './api';
import rolloutsPlugin from '.';

const surroundings = [
  createFrontendPlugin({
    pluginId: 'catalog',
    extensions: [
      PageBlueprint.make({
        name: 'entity',
        params: { path: '/catalog/:namespace/:kind/:name', routeRef: entityRouteRef, loader: async () => <div /> },
      }),
    ],
  }),
  createFrontendPlugin({
    pluginId: 'connections',
    extensions: [PageBlueprint.make({ params: { path: '/connections', title: 'Connections' } })],
  }),
];

describe('rolloutsPlugin', () => {
  it.each([
    ['/fleet', 'backend'],
    ['/fleet/images', 'No image runs'],
    ['/connections', 'Nothing is discovered'],
  ])('serves %s', async (path, text) => {
    renderTestApp({
      features: [rolloutsPlugin, ...surroundings],
      initialRouteEntries: [path],
      apis: [
        [liveApiRef, { subscribe: () => () => {} }],
        [
          rolloutsApiRef,
          {
            listWorkloads: async () => workloadListOf(),
            listImages: async () => ({ ...workloadListOf(), items: [] }),
            listProviders: async () => ({ items: [], writers: [] }),
          },
        ],
      ],
    });
    expect((await screen.findAllByText(text))[0]).toBeVisible();
  });
});
