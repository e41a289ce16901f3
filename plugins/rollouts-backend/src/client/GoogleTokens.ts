import type { GoogleAuth } from 'google-auth-library';

/**
 * Access tokens for GKE, as Backstage's Kubernetes plugin gets them: with the credentials of the configuration, or with
 * the server's own (application default credentials).
 *
 * Source: {@link https://cloud.google.com/docs/authentication/application-default-credentials}
 */
export class GoogleTokens {
  readonly #options: { credentials?: Record<string, unknown> };
  #auth: Promise<GoogleAuth> | undefined;

  constructor(options: { credentials?: Record<string, unknown> }) {
    this.#options = options;
  }

  /** The present token; renewed shortly before it expires. @throws the library's errors, which can quote credentials */
  async get(): Promise<string> {
    this.#auth ??= this.#load();
    const token = await (await this.#auth).getAccessToken();
    if (!token) throw new Error('Google answered without a token');
    return token;
  }

  /** The library is loaded with the first request to a GKE cluster. */
  async #load(): Promise<GoogleAuth> {
    const { GoogleAuth: Auth } = await import('google-auth-library');
    return new Auth({
      credentials: this.#options.credentials,
      scopes: ['https://www.googleapis.com/auth/cloud-platform'],
    });
  }
}
