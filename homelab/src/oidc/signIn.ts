/** Who signs in, and where. */
export interface SignInOptions {
  /** Where the portal is, for example `http://localhost:7007`. */
  portalUrl: string;
  /** Name of a demo user, or `guest`. */
  user: string;
  /** The portal's `auth.environment`. Default: `homelab`. */
  environment?: string;
}

/** Redirects from the portal's start route to its popup's last page: 5 today. */
const redirectLimitCount = 10;

/**
 * Signs in as a browser would, page by page, without one: for tests and scripts.
 *
 * @returns the portal's token; send it as `Authorization: Bearer <token>`
 * @throws an Error with the portal's answer when the sign-in is refused
 */
export async function signIn(options: SignInOptions): Promise<string> {
  return options.user === 'guest' ? signInAsGuest(options.portalUrl) : signInAsUser(options);
}

async function signInAsGuest(portalUrl: string): Promise<string> {
  const response = await fetch(`${portalUrl}/api/auth/guest/refresh`, { method: 'POST' });
  return readToken((await response.json()) as SignInAnswer);
}

async function signInAsUser({ portalUrl, user, environment = 'homelab' }: SignInOptions): Promise<string> {
  const browser = new Browser();
  const query = new URLSearchParams({ env: environment, origin: portalUrl, flow: 'popup' });
  const choice = await browser.open(`${portalUrl}/api/auth/oidc/start?${query}`);
  if (!choice.ok) throw new Error(`The sign-in page answered ${choice.status}: ${await choice.text()}`);
  await choice.body?.cancel();
  const last = await browser.open(choice.url, new URLSearchParams({ user }));
  return readToken(readPopupMessage(await last.text()));
}

/** Just enough of a browser: cookies by host, and redirects that are followed by hand so that none is lost. */
class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();

  async open(address: string, form?: URLSearchParams): Promise<Response> {
    let url = new URL(address);
    let body = form;
    for (let count = 0; count < redirectLimitCount; count++) {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        body,
        headers: { cookie: this.cookieHeader(url) },
        redirect: 'manual',
      });
      this.keepCookies(url, response);
      const location = response.headers.get('location');
      if (!location) return response;
      await response.body?.cancel();
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error(`More than ${redirectLimitCount} redirects from ${new URL(address).origin}`);
  }

  private cookieHeader(url: URL): string {
    return [...(this.cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keepCookies(url: URL, response: Response): void {
    const kept = this.cookies.get(url.host) ?? new Map<string, string>();
    this.cookies.set(url.host, kept);
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';', 1)[0].split(/=(.*)/s);
      kept.set(name, value);
    }
  }
}

/** What the portal says of a sign-in, in JSON or in the popup's message. */
interface SignInAnswer {
  backstageIdentity?: { token?: string };
  error?: { message?: string };
}

/** What the popup's last page tells the window that opened it. */
function readPopupMessage(html: string): SignInAnswer {
  const encoded = /decodeURIComponent\('([^']*)'\)/.exec(html)?.[1];
  if (!encoded) throw new Error('The portal did not answer with the last page of a sign-in');
  const { response, error } = JSON.parse(decodeURIComponent(encoded)) as { response?: SignInAnswer } & SignInAnswer;
  return response ?? { error };
}

function readToken({ backstageIdentity, error }: SignInAnswer): string {
  if (!backstageIdentity?.token) throw new Error(`Sign-in refused: ${error?.message ?? 'no token in the answer'}`);
  return backstageIdentity.token;
}
