import { ConflictError, serializeError } from '@backstage/errors';
import { errorCodeOf, withCode } from './errorCode';
import { UpstreamError, upstreamErrorCodes } from './UpstreamError';

describe('UpstreamError', () => {
  it('serialises what is for people, and not its cause', () => {
    const cause = new Error('raw upstream body');
    const options = {
      code: 'UPSTREAM_UNAUTHENTICATED',
      system: 'store',
      operation: 'list',
      upstreamStatus: 401,
      cause,
    };
    const error = new UpstreamError('The store refused us', options as ConstructorParameters<typeof UpstreamError>[1]);
    expect(error.cause).toBe(cause);
    expect(serializeError(error)).toEqual({
      name: 'UpstreamError',
      message: 'The store refused us',
      code: 'UPSTREAM_UNAUTHENTICATED',
      system: 'store',
      operation: 'list',
      upstreamStatus: 401,
      retryable: false,
      statusCode: 502,
    });
  });

  it('says by its code what our caller gets and whether trying again can help', () => {
    const facts = upstreamErrorCodes.map(code => {
      const { statusCode, retryable } = new UpstreamError('', { code, system: 's', operation: 'o' });
      return [code, statusCode, retryable];
    });
    expect(facts).toEqual([
      ['UPSTREAM_UNREACHABLE', 502, true],
      ['UPSTREAM_TIMEOUT', 504, true],
      ['UPSTREAM_UNAUTHENTICATED', 502, false],
      ['UPSTREAM_FORBIDDEN', 502, false],
      ['UPSTREAM_NOT_FOUND', 502, false],
      ['UPSTREAM_CONFLICT', 502, false],
      ['UPSTREAM_REFUSED', 502, false],
      ['UPSTREAM_THROTTLED', 502, true],
      ['UPSTREAM_FAILED', 502, true],
      ['UPSTREAM_UNREADABLE', 502, false],
    ]);
  });
});

describe('errorCodeOf', () => {
  it.each([
    { error: withCode(new ConflictError('x'), 'PLAN_USED'), code: 'PLAN_USED' },
    { error: { body: { error: { code: 'PLAN_STALE' } } }, code: 'PLAN_STALE' },
    { error: { body: { error: {} } }, code: undefined },
    { error: { code: 42 }, code: undefined },
    { error: null, code: undefined },
    { error: 'PLAN_USED', code: undefined },
  ])('of $error is $code', ({ error, code }) => {
    expect(errorCodeOf(error)).toBe(code);
  });
});
