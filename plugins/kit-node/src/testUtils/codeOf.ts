import { errorCodeOf } from '@leitstand/plugin-kit-common';

/** The code of the error that a promise rejects with; its text where it has none, and `no error` where it resolves. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: unknown) => errorCodeOf(error) ?? String(error),
  );
}
