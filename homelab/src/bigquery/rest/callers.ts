import type { Exchange, Random } from '../../core';
import type { Caller } from '../jobs/JobDocument';
import { BigQueryError } from '../model';

/** Which bearer token has which rights. */
export interface BigQueryTokens {
  /** Reads, and runs queries that change nothing. */
  reader: string;
  /** May do everything. */
  operator: string;
  /** Of the weather services, which predict. */
  service: string;
}

/** Who the tokens are of: the names that jobs show. */
const callers: Record<keyof BigQueryTokens | 'anonymous', Caller> = {
  reader: { email: 'leitstand-reader@homelab-lamp.iam.gserviceaccount.com', isWriter: false },
  operator: { email: 'leitstand-operator@homelab-lamp.iam.gserviceaccount.com', isWriter: true },
  service: { email: 'bigquery-access@homelab-lamp.iam.gserviceaccount.com', isWriter: false },
  anonymous: { email: 'emulator@homelab-lamp.iam.gserviceaccount.com', isWriter: true },
};

/** Tokens that nobody can guess who does not know the seed. */
export function createBigQueryTokens(random: Random): BigQueryTokens {
  const token = (name: string) => `ya29.${name}-${random.text(40)}`;
  return { reader: token('reader'), operator: token('operator'), service: token('service') };
}

/**
 * Who asks. Without a token requests are only for clients in emulator mode, which send none.
 * @throws BigQueryError 401
 */
export function authenticate(
  { request }: Exchange,
  options: { tokens: BigQueryTokens; isTokenRequired: boolean },
): Caller {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined && !options.isTokenRequired) return callers.anonymous;
  const names = Object.keys(options.tokens) as (keyof BigQueryTokens)[];
  const known = names.find(name => options.tokens[name] === token);
  if (known) return callers[known];
  const message =
    token === undefined
      ? 'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.'
      : 'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';
  throw new BigQueryError(message, { status: 401, reason: 'authError', location: 'Authorization' });
}

/** @throws BigQueryError 403 in BigQuery's words */
export function requireWriter(caller: Caller, permission: string, resource: string): void {
  if (caller.isWriter) return;
  const message = `Access Denied: ${resource}: Permission ${permission} denied on ${resource.charAt(0).toLowerCase()}${resource.slice(1)} (or it may not exist).`;
  throw new BigQueryError(message, { status: 403, reason: 'accessDenied' });
}
