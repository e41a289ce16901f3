import { isError, ServiceUnavailableError } from '@backstage/errors';
import { withCode, type PortalErrorCode } from '@leitstand/plugin-kit-common';

/**
 * PostgreSQL's classes of errors in which it does not serve a session: connection exceptions (08), no room for another
 * connection (53300), a shutdown or start under way (57P01 to 57P03). See
 * https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
const sqlStates = /^(08...|53300|57P0[1-3])$/;

/** Where a server that is gone shows itself on the socket. Every other system's clients turn these into an `UpstreamError`. */
const socketCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];

/** What the PostgreSQL client says without a code when a connection ends under a query, which Knex puts before it. */
const endedMessage =
  /(Connection terminated( unexpectedly)?|Client has encountered a connection error and is not queryable)$/;

/** Whether a database's error means that it cannot be reached, or that all connections to it are busy for too long. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!isError(error)) return false;
  const { code } = error;
  if (error.name === 'KnexTimeoutError') return true;
  if (typeof code === 'string') return sqlStates.test(code) || socketCodes.includes(code);
  return endedMessage.test(error.message);
}

/** What whoever asked is told then: nothing of where the database is. */
export function databaseUnavailable(): Error {
  return withCode(
    new ServiceUnavailableError("The portal's database does not answer. Try again soon."),
    'DATABASE_UNAVAILABLE' satisfies PortalErrorCode,
  );
}
