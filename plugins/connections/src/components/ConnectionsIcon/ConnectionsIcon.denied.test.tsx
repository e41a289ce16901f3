import { renderInTestApp, TestApiProvider } from '@backstage/frontend-test-utils';
import { AuthorizeResult, type EvaluatePermissionResponse } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { portalHealthApiRef } from '../../api';
import { ConnectionsIcon } from './ConnectionsIcon';

// Apart from the other test: `usePermission` keeps its answers for all of a file.
describe('ConnectionsIcon without the permission', () => {
  it('asks nothing', async () => {
    const getPortalHealth = jest.fn();
    const authorize = jest.fn(async (): Promise<EvaluatePermissionResponse> => ({ result: AuthorizeResult.DENY }));
    renderInTestApp(
      <TestApiProvider
        apis={[
          [portalHealthApiRef, { getPortalHealth }],
          [permissionApiRef, { authorize }],
        ]}
      >
        <ConnectionsIcon />
        <p>the page</p>
      </TestApiProvider>,
    );
    expect(await screen.findByText('the page')).toBeVisible();
    await waitFor(() => expect(authorize).toHaveBeenCalled());
    expect(getPortalHealth).not.toHaveBeenCalled();
  });
});
