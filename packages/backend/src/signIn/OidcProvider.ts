import type { LoggerService } from '@backstage/backend-plugin-api';
import type { oidcAuthenticator } from '@backstage/plugin-auth-backend-module-oidc-provider';
import { explainSignInError, failureOf } from './explainSignInError';

/** What Backstage's authenticator keeps of a provider once its metadata was read. */
export type OidcContext = ReturnType<typeof oidcAuthenticator.initialize>;

/** How a provider is asked. Times are milliseconds. */
export interface OidcProviderOptions {
  /** Begins to read the metadata. @throws Error for what is wrong with the configuration */
  connect(): OidcContext;
  logger: LoggerService;
  /** Longest wait for the provider in one part of a sign-in. Default: 15,000. */
  timeLimitMs?: number;
  /** Between two attempts to read the metadata while it fails: doubled after each. Default: 1,000 to 30,000. */
  retryMs?: { first: number; last: number };
  /** Least time between two looks at the metadata because a sign-in failed. Default: 10,000. */
  lookAgainAfterMs?: number;
}

const defaults = { timeLimitMs: 15_000, retryMs: { first: 1_000, last: 30_000 }, lookAgainAfterMs: 10_000 };

/**
 * One OpenID Connect provider. Backstage reads its metadata once, when the portal starts: if that fails, nobody can sign in
 * until the next start. Here it is read again until it is there, and whoever wants to sign in meanwhile does not wait for the
 * next attempt. While all is well, the provider is asked for nothing but sign-ins.
 */
export class OidcProvider implements Disposable {
  readonly #options: Required<OidcProviderOptions>;
  #context: OidcContext | undefined;
  #issuer: string | undefined;
  #reading: Promise<OidcContext> | undefined;
  #readAt = 0;
  #isFailing = true;
  #failureCount = 0;
  #retryTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @throws Error for what is wrong with the configuration */
  constructor(options: OidcProviderOptions) {
    this.#options = { ...defaults, ...options };
    const first = this.#options.connect();
    void this.#read(first).catch(() => undefined); // logged, and tried again
  }

  /** Whether the metadata was never read, or could not be read when somebody last tried; asks nothing. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** As its metadata says; undefined until they were read. */
  get issuer(): string | undefined {
    return this.#issuer;
  }

  /**
   * Does one part of a sign-in.
   *
   * @throws UpstreamError where the provider fails or takes too long; AuthenticationError where it does not let the person in
   */
  async use<T>(operation: string, part: (context: OidcContext) => Promise<T>): Promise<T> {
    const context = this.#context ?? (await this.#read());
    try {
      return await this.#within(part(context), operation);
    } catch (error) {
      this.#lookAgain();
      throw explainSignInError(error, operation);
    }
  }

  /** Nothing is tried any more. */
  [Symbol.dispose](): void {
    this.#isClosed = true;
    clearTimeout(this.#retryTimer);
  }

  /** Finds out whether it is the provider that fails. Anybody can let a sign-in fail, so this has a limit. */
  #lookAgain(): void {
    if (performance.now() - this.#readAt < this.#options.lookAgainAfterMs) return;
    void this.#read().catch(() => undefined); // logged, and tried again
  }

  /** One attempt at a time, shared by all who want to sign in. */
  #read(context?: OidcContext): Promise<OidcContext> {
    this.#reading ??= this.#readOnce(context).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readOnce(begun?: OidcContext): Promise<OidcContext> {
    const operation = 'read its metadata';
    clearTimeout(this.#retryTimer);
    this.#readAt = performance.now();
    try {
      const context = begun ?? this.#options.connect();
      const { client } = await this.#within(context.promise, operation);
      if (this.#failureCount > 0) this.#options.logger.info('The sign-in provider answers again');
      this.#context = context;
      this.#issuer = client.issuer.metadata.issuer;
      this.#isFailing = false;
      this.#failureCount = 0;
      return context;
    } catch (cause) {
      const error = explainSignInError(cause, operation);
      this.#isFailing = true;
      if (this.#failureCount === 0) this.#options.logger.warn(`${error.message} Meanwhile nobody can sign in with it.`);
      this.#failureCount++;
      this.#scheduleRetry();
      throw error;
    }
  }

  #scheduleRetry(): void {
    if (this.#isClosed) return;
    const { first, last } = this.#options.retryMs;
    const waitMs = Math.min(last, first * 2 ** (this.#failureCount - 1)) * (0.9 + Math.random() * 0.2);
    this.#retryTimer = setTimeout(() => void this.#read().catch(() => undefined), waitMs); // logged already
  }

  /** The client library's own limit is for the beginning of an answer only. */
  async #within<T>(part: Promise<T>, operation: string): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const tooLate = () => reject(failureOf('UPSTREAM_TIMEOUT', 'did not answer in time', { operation }));
    const timer = setTimeout(tooLate, this.#options.timeLimitMs);
    try {
      return await Promise.race([part, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
