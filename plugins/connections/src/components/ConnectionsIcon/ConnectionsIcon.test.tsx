import { renderInTestApp, TestApiProvider } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { portalHealthApiRef, type PortalHealthApi } from '../../api';
import { ConnectionsIcon } from './ConnectionsIcon';

const health = {
  areas: [
    { area: 'a', state: 'up' },
    { area: 'b', state: 'degraded' },
    { area: 'c', state: 'down' },
  ],
};

describe('ConnectionsIcon', () => {
  it('says how many areas are not well, with one request for all that show it', async () => {
    const asked = Promise.withResolvers<unknown>(); // while it is open nothing is asked again
    const getPortalHealth = jest.fn(() => asked.promise);
    renderInTestApp(
      <TestApiProvider
        apis={[
          [portalHealthApiRef, { getPortalHealth } as unknown as PortalHealthApi],
          [permissionApiRef, { authorize: async () => ({ result: AuthorizeResult.ALLOW }) }],
        ]}
      >
        <ConnectionsIcon />
        <ConnectionsIcon />
      </TestApiProvider>,
    );
    await waitFor(() => expect(getPortalHealth).toHaveBeenCalled());
    expect(getPortalHealth).toHaveBeenCalledTimes(1);
    asked.resolve(health);
    expect(await screen.findAllByText('2 areas of the portal need attention')).toHaveLength(2);
  });
});
