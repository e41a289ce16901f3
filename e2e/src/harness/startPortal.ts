import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signIn } from '@leitstand/homelab';

/** A portal of its own with its own homelab and an empty database, on free ports. */
export interface Portal extends AsyncDisposable {
  /** For example `http://localhost:41873`. */
  url: string;
  /** What the homelab tells the backend: addresses and tokens by environment variable. */
  environment: Record<string, string>;
  /** A user's token, got the way a browser gets it. */
  tokenOf(user: string): Promise<string>;
  /** A request to the backend in that user's name. */
  fetchAs(user: string, request: { path: string; method?: string; body?: unknown }): Promise<Response>;
  stop(): Promise<void>;
}

/** How a portal is started; nothing given is what `npm start` does. */
export interface PortalOptions {
  /** Clusters in place of the homelab's, as `npm start -- --kubeconfig FILE` takes them. */
  kubeconfig?: string;
}

/** Starts the same two processes as `npm start` and waits until people can sign in; everything is gone after `stop`. */
export async function startPortal(options: PortalOptions = {}): Promise<Portal> {
  const stateDir = await mkdtemp(path.join(tmpdir(), 'leitstand-'));
  const { startStack } = await import('../../../scripts/launcher/stack.mjs');
  const { prepareOwnSystems } = await import('../../../scripts/launcher/ownSystems/ownSystems.mjs');
  const own = await prepareOwnSystems(stateDir, options);
  const stack = await startStack({
    port: 0,
    stateDir,
    logDirectory: path.join(stateDir, 'logs'),
    defaultConfigs: own.defaultConfigs,
    extraConfigs: own.configs,
    env: own.environment,
    readyTimeoutMs: 400_000, // other journeys and their portals use the machine too
  });
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string) => {
    const token = tokens.get(user) ?? signIn({ portalUrl: stack.url, user });
    tokens.set(user, token);
    return token;
  };
  const untilSignInWorks = async (user: string) => {
    while (!(await tokenOf(user).then(Boolean, () => false))) {
      tokens.delete(user);
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  };
  const stop = async () => {
    await stack.stop();
    await rm(stateDir, { recursive: true, force: true });
  };
  await untilSignInWorks('operator');
  return {
    url: stack.url,
    environment: stack.homelab.environment,
    tokenOf,
    async fetchAs(user, { path: target, method = 'GET', body }) {
      return fetch(stack.url + target, {
        method,
        headers: { Authorization: `Bearer ${await tokenOf(user)}`, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
