import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { PeopleText } from './PeopleText';

it('makes links of people and groups, and leaves the rest as it is', async () => {
  renderInTestApp(
    <p>
      <PeopleText text="This waits for group:default/platform-team, user:default/a.da: not for component:default/x." />
    </p>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  expect((await screen.findByText(/This waits for/)).textContent).toBe(
    'This waits for platform-team, a.da: not for component:default/x.',
  );
  expect(screen.getAllByRole('link').map(link => link.getAttribute('href'))).toEqual([
    '/catalog/default/group/platform-team',
    '/catalog/default/user/a.da',
  ]);
});
