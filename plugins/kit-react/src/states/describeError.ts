import { errorCodeOf } from '@leitstand/plugin-kit-common';

/** What kind of failure it is, as far as the reader can do something about it. */
export type ErrorKind = 'forbidden' | 'notFound' | 'upstream' | 'network' | 'signedOut' | 'input' | 'unexpected';

/** An error in the reader's terms. */
export interface ErrorDescription {
  kind: ErrorKind;
  /** What the server said, where it said something that is meant for people. */
  message?: string;
  /** One of the closed lists in `docs/errors.md`. */
  code?: string;
  /** Of the request that failed: the portal's log has its lines under it. */
  requestId?: string;
}

const kindsByName: Record<string, ErrorKind> = {
  NotAllowedError: 'forbidden',
  NotFoundError: 'notFound',
  UpstreamError: 'upstream',
  ServiceUnavailableError: 'upstream',
  AuthenticationError: 'signedOut',
  InputError: 'input',
  ConflictError: 'input',
};

const kindsByStatus: Record<number, ErrorKind> = {
  400: 'input',
  401: 'signedOut',
  403: 'forbidden',
  404: 'notFound',
  409: 'input',
  502: 'upstream',
  503: 'upstream',
  504: 'upstream',
};

// What Chromium, Firefox and Safari call a request that got no answer; it is a bare TypeError in each.
const networkMessages = /failed to fetch|networkerror|load failed/i;

/** Sorts any error that a view can meet: a `ResponseError`, the failure of a live topic, a failed fetch, a bug. */
export function describeError(error: unknown): ErrorDescription {
  const [code, requestId] = [errorCodeOf(error), requestIdOf(error)];
  if (!isErrorLike(error)) return { kind: 'unexpected', code };
  if (error.name === 'TypeError' && networkMessages.test(error.message)) return { kind: 'network', code };
  const said = 'cause' in error && isErrorLike(error.cause) && error.name === 'ResponseError' ? error.cause : error;
  const kind = kindsByName[said.name] ?? kindsByStatus[statusOf(error)] ?? 'unexpected';
  // The message of an error that has no meaning of its own is for developers: a schema's complaint, a stack's first line.
  // So are the words on a token that has run out.
  const isForDevelopers = kind === 'signedOut' || (kind === 'unexpected' && code === undefined);
  const message = isForDevelopers ? undefined : said.message;
  return { kind, code, message, requestId };
}

function isErrorLike(value: unknown): value is { name: string; message: string; cause?: unknown } {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value;
}

/** The server writes it into the body of every error, beside Backstage's own words on the request. */
function requestIdOf(error: unknown): string | undefined {
  const { body } = (error ?? {}) as { body?: { request?: { id?: unknown } } };
  const id = body?.request?.id;
  return typeof id === 'string' ? id : undefined;
}

function statusOf(error: object): number {
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
}
