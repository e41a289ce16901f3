import { GuestIdentity } from './GuestIdentity';

const discoveryApi = { getBaseUrl: async (pluginId: string) => `http://localhost/api/${pluginId}` };

function answer(options: { token: string; expiresInSeconds?: number }): Response {
  return new Response(
    JSON.stringify({
      profile: { displayName: 'Guest' },
      providerInfo: {},
      backstageIdentity: {
        token: options.token,
        expiresInSeconds: options.expiresInSeconds,
        identity: { type: 'user', userEntityRef: 'user:default/guest', ownershipEntityRefs: ['user:default/guest'] },
      },
    }),
  );
}

describe('GuestIdentity', () => {
  const fetchMock = jest.fn<Promise<Response>, [string]>();
  const realFetch = global.fetch;

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    fetchMock.mockReset();
    global.fetch = fetchMock as unknown as typeof fetch;
  });
  afterEach(() => {
    jest.useRealTimers();
    global.fetch = realFetch;
  });

  it('asks once for all callers, and again shortly before the token ends', async () => {
    fetchMock.mockResolvedValueOnce(answer({ token: 'first', expiresInSeconds: 3_600 }));
    const identity = new GuestIdentity(discoveryApi);
    const [credentials, profile, user] = await Promise.all([
      identity.getCredentials(),
      identity.getProfileInfo(),
      identity.getBackstageIdentity(),
    ]);
    expect([credentials.token, profile.displayName, user.userEntityRef]).toEqual([
      'first',
      'Guest',
      'user:default/guest',
    ]);
    expect(fetchMock.mock.calls.map(([url]) => url)).toEqual(['http://localhost/api/auth/guest/refresh']);

    jest.setSystemTime(3_530_000);
    expect(await identity.getCredentials()).toEqual({ token: 'first' });
    fetchMock.mockResolvedValueOnce(answer({ token: 'second' }));
    jest.setSystemTime(3_541_000);
    expect(await identity.getCredentials()).toEqual({ token: 'second' });
    expect(fetchMock).toHaveBeenCalledTimes(2);
  });

  it('does not keep a failure', async () => {
    fetchMock.mockResolvedValueOnce(new Response('{}', { status: 503 }));
    const identity = new GuestIdentity(discoveryApi);
    await expect(identity.getCredentials()).rejects.toThrow(/503/);
    fetchMock.mockResolvedValueOnce(answer({ token: 'later' }));
    expect(await identity.getCredentials()).toEqual({ token: 'later' });
  });
});
