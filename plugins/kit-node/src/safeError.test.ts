import { ConflictError, InputError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import { describeSafely, safeError } from './safeError';

const secret = new Error('password=hunter2');
const unexpected = { name: 'Error', message: 'Something unexpected went wrong. The log of the server says where.' };

describe('describeSafely', () => {
  it.each([
    {
      name: 'an error with a code',
      error: withCode(new ConflictError('It has changed'), 'PLAN_STALE'),
      expected: { name: 'ConflictError', code: 'PLAN_STALE', message: 'It has changed' },
    },
    {
      name: 'an error with a cause, which Backstage repeats in the message',
      error: new InputError('Too long', secret),
      expected: { name: 'InputError', message: 'Too long' },
    },
    {
      name: 'an upstream that failed',
      error: new UpstreamError('The store is down', {
        code: 'UPSTREAM_FAILED',
        system: 'store',
        operation: 'list',
        cause: secret,
      }),
      expected: { name: 'UpstreamError', code: 'UPSTREAM_FAILED', message: 'The store is down' },
    },
    {
      name: 'an error of a library',
      error: Object.assign(new TypeError('token=abc'), { code: 'E1' }),
      expected: unexpected,
    },
    {
      name: 'one that borrows a name',
      error: Object.assign(new Error('x'), { name: 'InputError' }),
      expected: unexpected,
    },
    { name: 'something thrown that is no error', error: 'password=hunter2', expected: unexpected },
  ])('$name', ({ error, expected }) => {
    expect(describeSafely(error)).toEqual(expected);
  });

  it('says in the log what kind of error it was and where, but not its message', () => {
    const { stack } = safeError(new TypeError('password=hunter2\n    of the store'));
    expect(stack).toMatch(/^TypeError: Something unexpected/);
    expect(stack).toMatch(/safeError\.test/);
    expect(stack).not.toMatch(/hunter2|of the store/);
  });
});
