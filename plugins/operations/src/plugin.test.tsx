import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { liveApiRef } from '@leitstand/plugin-kit-react';
import { operationsApiRef } from '@leitstand/plugin-operations-react';
import { screen } from '@testing-library/react';
import { runOf } from './__testUtils__/renderWithApis';
import operationsPlugin from '.';

const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    PageBlueprint.make({
      name: 'entity',
      params: { path: '/catalog/:namespace/:kind/:name', routeRef: entityRouteRef, loader: async () => <div /> },
    }),
  ],
});

describe('operationsPlugin', () => {
  it.each([
    ['/activity', 'table'],
    [`/activity/${runOf().id}`, 'list'],
  ])('serves %s', async (path, role) => {
    renderTestApp({
      features: [operationsPlugin, catalog],
      initialRouteEntries: [path],
      apis: [
        [liveApiRef, { subscribe: () => () => {} }],
        [operationsApiRef, { listRuns: async () => ({ items: [runOf()] }), getRun: async () => runOf() }],
        [identityApiRef, mockApis.identity()],
      ],
    });
    expect(await screen.findByText(runOf().summary)).toBeVisible();
    expect((await screen.findAllByRole(role)).length).toBeGreaterThan(0);
  });
});
