/** An error that carries a code out of a closed list, beside the class that decides its HTTP status. */
export type CodedError<TError extends Error, TCode extends string> = TError & { readonly code: TCode };

/**
 * Gives an error of one of Backstage's classes a code that a client can act on.
 *
 * @example
 * throw withCode(new ConflictError('The plan has expired. Make a new one.'), 'PLAN_EXPIRED');
 */
export function withCode<TError extends Error, TCode extends string>(
  error: TError,
  code: TCode,
): CodedError<TError, TCode> {
  return Object.assign(error, { code });
}

/**
 * The code of an error on either side of the wire: of the error itself, or of the body of a `ResponseError`.
 * Undefined where it has none.
 */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('body' in error && typeof error.body === 'object' && error.body !== null && 'error' in error.body) {
    return errorCodeOf(error.body.error);
  }
  return undefined;
}
