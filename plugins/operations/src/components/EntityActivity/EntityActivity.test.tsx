import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { renderWithApis, runOf } from '../../__testUtils__/renderWithApis';
import { EntityActivity } from './EntityActivity';

describe('EntityActivity', () => {
  it('shows what was done to the entity', async () => {
    const listRuns = jest.fn(async () => ({ items: [runOf()] }));
    renderWithApis(<EntityActivity />, { operations: { listRuns } });
    expect(await screen.findByRole('link', { name: runOf().summary })).toBeVisible();
    const filter = { entityRef: 'component:default/backend', requester: undefined };
    expect(listRuns).toHaveBeenCalledWith(expect.objectContaining(filter), expect.anything());
    expect(screen.queryByRole('columnheader', { name: 'On' })).not.toBeInTheDocument();
  });

  it('shows what a person did, and on what', async () => {
    const person: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'olivia', namespace: 'default' },
      spec: { memberOf: [] },
    };
    const listRuns = jest.fn(async () => ({ items: [runOf()] }));
    renderWithApis(
      <EntityProvider entity={person}>
        <EntityActivity />
      </EntityProvider>,
      { operations: { listRuns } },
    );
    expect(await screen.findByRole('link', { name: /backend$/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/backend',
    );
    const filter = { entityRef: undefined, requester: 'user:default/olivia' };
    expect(listRuns).toHaveBeenCalledWith(expect.objectContaining(filter), expect.anything());
  });
});
