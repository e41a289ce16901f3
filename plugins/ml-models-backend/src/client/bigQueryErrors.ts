import { errorCodeOf, UpstreamError, type UpstreamErrorCode } from '@leitstand/plugin-kit-common';

/** What was asked of BigQuery; gives every error its words. */
export interface CallDescription {
  /** Name of the connection. */
  connection: string;
  /** For example `get the model homelab-lamp.weather_analysis.temp_prediction_model`. */
  operation: string;
}

/** What BigQuery says of itself in an error; its text may quote data and stays inside. */
export interface BigQueryFailure {
  status: number | undefined;
  /** For example `notFound`, https://cloud.google.com/bigquery/docs/error-messages. */
  reason: string | undefined;
  /** BigQuery's own text; never shown, except where a person wrote the query it is about. */
  message: string;
}

/** What an error of the client says; undefined where BigQuery did not answer. */
export function failureOf(error: unknown): BigQueryFailure | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  const { code, errors, message } = error as {
    code: unknown;
    errors?: Array<{ reason?: string; message?: string }>;
    message?: string;
  };
  if (typeof code !== 'number') return undefined;
  return { status: code, reason: errors?.[0]?.reason, message: errors?.[0]?.message ?? message ?? '' };
}

/** The error for whatever the client threw. BigQuery's own text is left out: it can quote queries and data. */
export function upstreamErrorOf(call: CallDescription, error: unknown): UpstreamError {
  const failure = failureOf(error);
  const [code, words] = failure ? explain(call, failure) : explainSilence(error);
  return new UpstreamError(`BigQuery (${call.connection}): ${words}`, {
    code,
    system: call.connection,
    operation: call.operation,
    upstreamStatus: failure?.status,
    cause: error,
  });
}

/** BigQuery did not answer in time. */
export function timeoutError(call: CallDescription, timeoutMs: number): UpstreamError {
  return new UpstreamError(
    `BigQuery (${call.connection}): no answer within ${timeoutMs / 1000} s (${call.operation}). Try again in a moment.`,
    { code: 'UPSTREAM_TIMEOUT', system: call.connection, operation: call.operation },
  );
}

function explain(call: CallDescription, { status = 0, reason }: BigQueryFailure): [UpstreamErrorCode, string] {
  const asked = call.operation;
  if (reason === 'rateLimitExceeded' || reason === 'quotaExceeded' || status === 429) {
    return ['UPSTREAM_THROTTLED', `a quota is used up (${asked}). Try again in a moment.`];
  }
  switch (status) {
    case 401:
      return [
        'UPSTREAM_UNAUTHENTICATED',
        'it does not accept the configured credentials. Check that they are current.',
      ];
    case 403:
      return [
        'UPSTREAM_FORBIDDEN',
        `the configured account may not ${asked}. Give it the role that allows it (docs/ml-models.md lists them).`,
      ];
    case 404:
      return ['UPSTREAM_NOT_FOUND', `there is no such thing (${asked}).`];
    case 409:
    case 412:
      return ['UPSTREAM_CONFLICT', `it was changed by somebody else meanwhile (${asked}). Look again.`];
    default:
      return status >= 500
        ? ['UPSTREAM_FAILED', `it answered status ${status} (${asked}). Try again in a moment.`]
        : ['UPSTREAM_REFUSED', `it refused to ${asked} (status ${status}${reason ? `, ${reason}` : ''}).`];
  }
}

function explainSilence(error: unknown): [UpstreamErrorCode, string] {
  if (error instanceof SyntaxError || /json|unexpected token/i.test(String(error))) {
    return ['UPSTREAM_UNREADABLE', 'its answer could not be understood. Check the address of the connection.'];
  }
  const code = errorCodeOf(error);
  return [
    'UPSTREAM_UNREACHABLE',
    `it cannot be reached${code ? ` (${code})` : ''}. Check the address, the credentials and the network.`,
  ];
}
