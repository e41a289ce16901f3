import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import homePlugin from '@leitstand/plugin-home';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { app } from './App';

const config = {
  app: { title: 'Leitstand', baseUrl: 'http://localhost', packages: 'all' },
  backend: { baseUrl: 'http://localhost' },
  leitstand: { signIn: { guest: true } },
};

const session = {
  profile: { displayName: 'Guest' },
  backstageIdentity: {
    token: 'header.payload.signature',
    expiresInSeconds: 3_600,
    identity: { type: 'user', userEntityRef: 'user:default/guest', ownershipEntityRefs: ['user:default/guest'] },
  },
};

/** A backend that lets the guest in and knows no entities. */
async function answer(input: RequestInfo | URL): Promise<Response> {
  const { pathname } = new URL(input instanceof Request ? input.url : input.toString());
  if (pathname === '/api/auth/guest/refresh') return Response.json(session);
  if (pathname === '/api/notifications/status') return Response.json({ read: 0, unread: 0 });
  if (pathname === '/api/catalog/entities/by-query') return Response.json({ items: [], totalItems: 0, pageInfo: {} });
  return Response.json({ error: { name: 'NotFoundError', message: pathname } }, { status: 404 });
}

describe('App', () => {
  const realFetch = global.fetch;
  const realEnvironment = process.env;

  beforeAll(() => {
    global.fetch = jest.fn(answer);
    // A new object: Node.js turns every value of the real one into text.
    process.env = { ...realEnvironment, APP_CONFIG: [{ data: config, context: 'test' }] as unknown as string };
    const discovered = [
      homePlugin,
      catalogPlugin,
      scaffolderPlugin,
      searchPlugin,
      userSettingsPlugin,
      notificationsPlugin,
      signalsPlugin,
    ];
    Object.assign(window, {
      '__@backstage/discovered__': { modules: discovered.map(plugin => ({ name: plugin.id, default: plugin })) },
    });
  });
  afterAll(() => {
    global.fetch = realFetch;
    process.env = realEnvironment;
  });

  it('lets a guest in, to a home page with a title, landmarks, navigation and a way past it', async () => {
    render(app.createRoot());
    await userEvent.click(await screen.findByRole('button', { name: 'Continue as guest' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
    await waitFor(() => expect(document.title).toBe('Home | Leitstand'));
    expect(await screen.findByRole('region', { name: 'What do I own' })).toBeVisible();
    for (const name of ['Home', 'Catalog', 'Create', 'Notifications', 'Settings']) {
      expect(screen.getAllByRole('link', { name }).length).toBeGreaterThan(0);
    }
    await userEvent.click(screen.getByRole('button', { name: 'Skip to content' }));
    expect(screen.getByRole('main')).toHaveFocus();
  });
});
