import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { UpstreamError } from '@leitstand/plugin-kit-common';
import { databaseUnavailable, isDatabaseUnavailable } from './databaseUnavailable';

/** What may be stored or shown of an error. */
export interface SafeErrorDescription {
  name: string;
  code?: string;
  message: string;
}

/** Errors of these classes were written by us for people to read; every other message may hold anything. */
const classesForPeople = [
  InputError,
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
  ConflictError,
  ServiceUnavailableError,
  UpstreamError,
] as const;

const unexpectedMessage = 'Something unexpected went wrong. The log of the server says where.';

/**
 * Makes an error fit to leave the server. One of the groups for people keeps class, code and message and loses its cause:
 * Backstage's error classes serialise the cause and repeat it in the message. A database that cannot be reached is a
 * ServiceUnavailableError with code `DATABASE_UNAVAILABLE`. Anything else becomes a plain `Error` that says nothing but where
 * it happened: its stack has the name and frames of the original, for the log.
 */
export function safeError(error: unknown): Error {
  if (isDatabaseUnavailable(error)) return databaseUnavailable();
  if (!isForPeople(error)) return anonymous(error);
  if (error.cause !== undefined) {
    error.message = error.message.split('; caused by ')[0];
    Object.defineProperty(error, 'cause', { value: error.cause, enumerable: false });
  }
  return error;
}

/** Name, code and message of {@link safeError}. */
export function describeSafely(error: unknown): SafeErrorDescription {
  const safe = safeError(error);
  const code = 'code' in safe && typeof safe.code === 'string' ? { code: safe.code } : {};
  return { name: safe.name, ...code, message: safe.message };
}

function isForPeople(error: unknown): error is Error {
  return classesForPeople.some(errorClass => error instanceof errorClass);
}

function anonymous(error: unknown): Error {
  const safe = new Error(unexpectedMessage);
  if (!(error instanceof Error)) return safe;
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  safe.stack = [`${error.name}: ${unexpectedMessage}`, ...frames].join('\n');
  return safe;
}
