import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { liveApiRef } from '@leitstand/plugin-kit-react';
import { operationsApiRef } from '@leitstand/plugin-operations-react';
import { screen } from '@testing-library/react';
import { freezeOf, permissionsOf } from '@leitstand/plugin-operations-react/testUtils';
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
    [`/activity/runs/${runOf().id}`, 'list'],
    [`/activity/${runOf().id}`, 'list'],
    ['/activity/freezes', 'navigation'],
  ])('serves %s', async (path, role) => {
    renderTestApp({
      features: [operationsPlugin, catalog],
      initialRouteEntries: [path],
      apis: [
        [liveApiRef, { subscribe: () => () => {} }],
        [
          operationsApiRef,
          {
            listRuns: async () => ({ items: [runOf()] }),
            getRun: async () => runOf(),
            getRunPermissions: async () => permissionsOf(),
            listApprovals: async () => ({ items: [] }),
            listFreezes: async () => [freezeOf({ reason: runOf().summary })],
          },
        ],
        [catalogApiRef, catalogApiMock()],
        [identityApiRef, mockApis.identity()],
      ],
    });
    expect(await screen.findByText(runOf().summary)).toBeVisible();
    expect((await screen.findAllByRole(role)).length).toBeGreaterThan(0);
  });
});
