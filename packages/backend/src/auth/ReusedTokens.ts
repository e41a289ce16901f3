import type { pluginTokenHandlerDecoratorServiceRef } from '@backstage/backend-defaults/auth';

/** Backstage's own part that issues and verifies the tokens with which plugins call each other. */
export type PluginTokenHandler = ReturnType<typeof pluginTokenHandlerDecoratorServiceRef.T>;

type Issued = Awaited<ReturnType<PluginTokenHandler['issueToken']>>;
type Verified = Awaited<ReturnType<PluginTokenHandler['verifyToken']>>;

/** How long a token, and the outcome of verifying it, are used again, in milliseconds; those of Backstage live an hour. */
const reusedForMs = 60_000;

/** How many of each are kept; beyond that all are forgotten, and made again. */
const maxKeptCount = 2_000;

interface Kept<T> {
  value: Promise<T>;
  until: number;
}

/**
 * Uses the token of one plugin for another, in the name of one person or of itself, again for a minute, and remembers for a
 * minute which of them were genuine: a signature and its verification are the dearest part of a call between plugins.
 *
 * It is about who calls, not about what they may do: that is asked each time, and so is the person's own part of the token.
 * Nothing is used again beyond the end that it carries, and no refusal is remembered.
 */
export class ReusedTokens implements PluginTokenHandler {
  readonly #handler: PluginTokenHandler;
  readonly #now: () => number;
  readonly #issued = new Map<string, Kept<Issued>>();
  readonly #verified = new Map<string, Kept<Verified>>();

  /** @param now - milliseconds since 1970. Default: the system's clock */
  constructor(handler: PluginTokenHandler, now: () => number = Date.now) {
    this.#handler = handler;
    this.#now = now;
  }

  issueToken(options: Parameters<PluginTokenHandler['issueToken']>[0]): Promise<Issued> {
    const { pluginId, targetPluginId, onBehalfOf } = options;
    const key = JSON.stringify([pluginId, targetPluginId, onBehalfOf?.limitedUserToken]);
    const endsAt = onBehalfOf?.expiresAt.getTime() ?? Infinity;
    return this.#kept(this.#issued, key, { endsAt, make: () => this.#handler.issueToken(options) });
  }

  /** @throws what Backstage's handler throws for a token that is not genuine */
  verifyToken(token: string): Promise<Verified> {
    return this.#kept(this.#verified, token, { endsAt: endOf(token), make: () => this.#handler.verifyToken(token) });
  }

  #kept<T>(
    store: Map<string, Kept<T>>,
    key: string,
    { endsAt, make }: { endsAt: number; make(): Promise<T> },
  ): Promise<T> {
    const now = this.#now();
    const earlier = store.get(key);
    if (earlier && now < earlier.until) return earlier.value;
    const kept = { value: make(), until: Math.min(now + reusedForMs, endsAt) };
    if (store.size >= maxKeptCount) store.clear();
    store.set(key, kept);
    const forget = () => {
      if (store.get(key) === kept) store.delete(key);
    };
    kept.value.then(value => value ?? forget(), forget); // whoever waits is told of a refusal
    return kept.value;
  }
}

/** When a token ends by itself, in milliseconds since 1970; one that does not say so is not kept. */
function endOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8'));
    const { exp } = claims as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : 0;
  } catch {
    return 0; // no token of a plugin: Backstage says what it is
  }
}
