/** Why an upstream call failed. Closed list; each has a row in `docs/errors.md`. */
export const upstreamErrorCodes = [
  'UPSTREAM_UNREACHABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAUTHENTICATED',
  'UPSTREAM_FORBIDDEN',
  'UPSTREAM_NOT_FOUND',
  'UPSTREAM_CONFLICT',
  'UPSTREAM_REFUSED',
  'UPSTREAM_THROTTLED',
  'UPSTREAM_FAILED',
  'UPSTREAM_UNREADABLE',
] as const;

/** One of {@link upstreamErrorCodes}. */
export type UpstreamErrorCode = (typeof upstreamErrorCodes)[number];

/** What an {@link UpstreamError} says besides its message. */
export interface UpstreamErrorOptions {
  code: UpstreamErrorCode;
  /** The upstream as the configuration names it, for example `homelab-k3s`. */
  system: string;
  /** What was asked of it, for example `list deployments`. */
  operation: string;
  /** The HTTP status that the upstream answered, where it answered one. */
  upstreamStatus?: number;
  /** Kept for the server's log only; it is not enumerable and so never serialised to a browser. */
  cause?: unknown;
}

const retryableCodes: readonly UpstreamErrorCode[] = [
  'UPSTREAM_UNREACHABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_THROTTLED',
  'UPSTREAM_FAILED',
];

/**
 * A system that Leitstand stands on failed, refused or did not answer.
 *
 * `statusCode` is what *our* caller gets (502, or 504 after a timeout): Backstage's error middleware obeys any numeric
 * `statusCode`, so an upstream's own 401 must not be kept under that name, or it would sign our user out.
 * The message is safe to show: what failed, on which thing, what to try; never an upstream body.
 */
export class UpstreamError extends Error {
  readonly name = 'UpstreamError';
  readonly code: UpstreamErrorCode;
  readonly system: string;
  readonly operation: string;
  readonly upstreamStatus: number | undefined;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly statusCode: 502 | 504;

  constructor(message: string, options: UpstreamErrorOptions) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.system = options.system;
    this.operation = options.operation;
    this.upstreamStatus = options.upstreamStatus;
    this.retryable = retryableCodes.includes(options.code);
    this.statusCode = options.code === 'UPSTREAM_TIMEOUT' ? 504 : 502;
  }
}
