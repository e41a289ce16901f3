import { AuthenticationError, isError } from '@backstage/errors';
import { UpstreamError, type UpstreamErrorCode } from '@leitstand/plugin-kit-common';

/** What a failure of the provider is recognised by in the words of the client library, and what it means. */
const failures: readonly [RegExp, UpstreamErrorCode, string][] = [
  [/timed out|ETIMEDOUT/, 'UPSTREAM_TIMEOUT', 'did not answer in time'],
  [/\bE(?:CONN|HOST|NET|NOTFOUND|PIPE|AI_)|socket hang up|aborted/, 'UPSTREAM_UNREACHABLE', 'cannot be reached'],
  [/certificate/, 'UPSTREAM_UNREACHABLE', 'shows a certificate that is not trusted here'],
  [/got: 401\b/, 'UPSTREAM_UNAUTHENTICATED', 'does not accept the configured client and its secret'],
  [/got: 403\b/, 'UPSTREAM_FORBIDDEN', 'refuses the configured client'],
  [/got: 404\b/, 'UPSTREAM_NOT_FOUND', 'has no such address; check metadataUrl'],
  [/got: 429\b/, 'UPSTREAM_THROTTLED', 'is asked too often'],
  [/got: 5\d\d\b/, 'UPSTREAM_FAILED', 'failed'],
  [
    /JSON|unexpected token|got: \d{3}\b|not present|must be configured|\bundefined\b/i,
    'UPSTREAM_UNREADABLE',
    'gave an answer that could not be understood; check metadataUrl',
  ],
];

/** Errors of OAuth 2.0 that say that the person is not let in, rather than that something is set up wrongly. */
const refusals = ['access_denied', 'login_required', 'consent_required', 'interaction_required', 'invalid_grant'];

/**
 * The error to tell when the provider did not do its part. Backstage hands on the words of its client library, which quotes
 * what the provider answered: a proxy's page, for example. Only an error code of OAuth is kept of that
 * ({@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 | RFC 6749, 5.2}).
 */
export function explainSignInError(error: unknown, operation: string): Error {
  if (!isError(error)) return new Error('The sign-in failed.');
  if (error instanceof UpstreamError || error instanceof AuthenticationError) return error;
  const words = error.message.replace(/^Authentication (?:failed|rejected), /, '');
  const [, oauthCode] = /^([a-z]+(?:_[a-z]+)+)(?: \(|$)/.exec(words) ?? [];
  if (oauthCode && refusals.includes(oauthCode)) {
    return new AuthenticationError(`The sign-in provider did not let you in (${oauthCode}).`);
  }
  if (oauthCode) return failureOf('UPSTREAM_REFUSED', `refused with ${oauthCode}`, { operation, cause: error });
  const [, code, meaning] = failures.find(([pattern]) => pattern.test(words)) ?? [];
  if (code && meaning) return failureOf(code, meaning, { operation, cause: error });
  return error; // the library's own checks, for example of a cookie that is missing
}

/** The provider did not answer as it should. */
export function failureOf(
  code: UpstreamErrorCode,
  meaning: string,
  options: { operation: string; cause?: unknown },
): UpstreamError {
  return new UpstreamError(`The sign-in provider ${meaning}. Try again in a moment.`, {
    ...{ code, system: 'OpenID Connect' },
    ...options,
  });
}
