import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, IdentityApi, ProfileInfo } from '@backstage/core-plugin-api';
import { z } from 'zod/v3';

const sessionSchema = z.object({
  profile: z.object({
    email: z.string().optional(),
    displayName: z.string().optional(),
    picture: z.string().optional(),
  }),
  backstageIdentity: z.object({
    token: z.string(),
    expiresInSeconds: z.number().optional(),
    identity: z.object({
      type: z.literal('user'),
      userEntityRef: z.string(),
      ownershipEntityRefs: z.array(z.string()),
    }),
  }),
});
type Session = z.infer<typeof sessionSchema>;

const defaultLifeMs = 5 * 60_000;
/** A token is renewed so long before it ends, so that none ends on the way. */
const marginMs = 60_000;

/** The identity of somebody who came in without signing in, renewed as long as the page is open. */
export class GuestIdentity implements IdentityApi {
  readonly #discoveryApi: DiscoveryApi;
  #session: Promise<Session> | undefined;
  #renewAtMs = 0;

  constructor(discoveryApi: DiscoveryApi) {
    this.#discoveryApi = discoveryApi;
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#getSession()).profile;
  }

  async getBackstageIdentity() {
    return (await this.#getSession()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: (await this.#getSession()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    this.#session = undefined;
  }

  #getSession(): Promise<Session> {
    if (this.#session && Date.now() < this.#renewAtMs) return this.#session;
    this.#renewAtMs = Date.now() + defaultLifeMs;
    this.#session = this.#renew().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  async #renew(): Promise<Session> {
    // Not through the fetch API: that asks this very class for a token.
    const response = await fetch(`${await this.#discoveryApi.getBaseUrl('auth')}/guest/refresh`, {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      credentials: 'include',
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const session = sessionSchema.parse(await response.json());
    const { expiresInSeconds } = session.backstageIdentity;
    if (expiresInSeconds !== undefined) this.#renewAtMs = Date.now() + expiresInSeconds * 1000 - marginMs;
    return session;
  }
}
