import { createApiRef } from '@backstage/core-plugin-api';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  entityRouteRef,
  type CatalogApi,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import type { Entity } from '@backstage/catalog-model';
import { EntityHealthBlueprint, HomeCard, HomeCardBlueprint, type EntityHealthApi } from '@leitstand/plugin-kit-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { homePlugin } from './plugin';

const broken = 'What is broken';
const brokenCard = HomeCardBlueprint.make({
  name: 'broken',
  params: { order: 10, loader: async () => <HomeCard title={broken}>everything</HomeCard> },
});
const healthApiRef = createApiRef<EntityHealthApi>({ id: 'test.health' });
const failingApiRef = createApiRef<EntityHealthApi>({ id: 'test.failing-health' });
const areaModule = createFrontendModule({
  pluginId: 'leitstand-home',
  extensions: [
    brokenCard,
    EntityHealthBlueprint.make({ name: 'area', params: { api: healthApiRef } }),
    EntityHealthBlueprint.make({ name: 'failing', params: { api: failingApiRef } }),
    EntityHealthBlueprint.make({ name: 'absent', params: { api: createApiRef({ id: 'test.absent-health' }) } }),
  ],
});

const todo: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'todo-frontend', title: 'Todo frontend', namespace: 'default', description: 'The todo list' },
  spec: { type: 'service' },
};

type Answer = Pick<Awaited<ReturnType<CatalogApi['queryEntities']>>, 'items' | 'totalItems'>;

function renderHome(options: { ownershipEntityRefs?: string[]; queryEntities: () => Promise<Answer> }) {
  const identityApi = mockApis.identity({
    userEntityRef: 'user:default/operator',
    ownershipEntityRefs: options.ownershipEntityRefs ?? ['user:default/operator', 'group:default/todo-team'],
  });
  const starredEntitiesApi = new MockStarredEntitiesApi();
  void starredEntitiesApi.toggleStarred('component:default/starred-service');
  const catalogApi = { queryEntities: jest.fn(async () => ({ ...(await options.queryEntities()), pageInfo: {} })) };
  renderTestApp({
    features: [homePlugin, areaModule],
    initialRouteEntries: ['/'],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [identityApiRef, identityApi],
      [catalogApiRef, catalogApi],
      [
        healthApiRef,
        { getEntityHealth: async () => new Map([['component:default/todo-frontend', 'degraded' as const]]) },
      ],
      [failingApiRef, { getEntityHealth: () => Promise.reject(new TypeError('Failed to fetch')) }],
      [starredEntitiesApiRef, starredEntitiesApi],
    ],
  });
  return catalogApi;
}

describe('home page', () => {
  it('shows the cards of the areas beside what the person owns, by type', async () => {
    const catalogApi = renderHome({ queryEntities: async () => ({ items: [todo], totalItems: 120 }) });
    expect(await screen.findByRole('region', { name: broken })).toHaveTextContent('everything');
    const owned = await screen.findByRole('region', { name: 'What do I own' });
    expect(await within(owned).findByRole('heading', { name: 'service 1' })).toBeVisible();
    expect(within(owned).getByRole('link', { name: 'Todo frontend' })).toBeVisible();
    expect(within(owned).getByText('and 119 more in the catalog')).toBeVisible();
    expect(await within(owned).findByText('Degraded')).toBeVisible();
    expect(await screen.findByRole('region', { name: 'Starred' })).toHaveTextContent('starred-service');
    expect(catalogApi.queryEntities).toHaveBeenCalledWith(
      expect.objectContaining({
        filter: { 'relations.ownedBy': ['user:default/operator', 'group:default/todo-team'] },
      }),
    );
  });

  it('says how to own something', async () => {
    renderHome({ queryEntities: async () => ({ items: [], totalItems: 0 }) });
    expect(await screen.findByText('You own nothing yet')).toBeVisible();
    expect(screen.getByText(/You are in: group:default\/todo-team/)).toBeVisible();
  });

  it('tells somebody without groups whom to ask', async () => {
    renderHome({
      ownershipEntityRefs: ['user:default/guest'],
      queryEntities: async () => ({ items: [], totalItems: 0 }),
    });
    expect(await screen.findByText(/You are in no group/)).toBeVisible();
  });

  it('fails card by card, and loads again on demand', async () => {
    const answers = [
      Promise.reject(new TypeError('Failed to fetch')),
      Promise.resolve({ items: [todo], totalItems: 1 }),
    ];
    renderHome({ queryEntities: () => answers.shift() ?? Promise.reject(new Error('asked too often')) });
    const owned = await screen.findByRole('region', { name: 'What do I own' });
    expect(await within(owned).findByRole('alert')).toHaveTextContent('Leitstand cannot be reached');
    expect(screen.getByRole('region', { name: broken })).toBeVisible();
    await userEvent.click(within(owned).getByRole('button', { name: 'Try again' }));
    expect(await within(owned).findByRole('link', { name: 'Todo frontend' })).toBeVisible();
  });
});
