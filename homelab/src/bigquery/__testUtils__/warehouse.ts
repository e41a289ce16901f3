// Helpers of this package's tests: the official client for a warehouse, and plain requests.
import { BigQuery, type BigQueryOptions } from '@google-cloud/bigquery';
import type { BigQueryTokens } from '../rest/callers';
import { startBigQueryHomelab, type BigQueryHomelab, type BigQueryHomelabOptions } from '../startBigQueryHomelab';

export const project = 'homelab-lamp';

/** An empty warehouse whose jobs take no time. */
export function startEmpty(options: BigQueryHomelabOptions = {}): Promise<BigQueryHomelab> {
  const durationsMs = { createModel: 0, ...options.durationsMs };
  return startBigQueryHomelab({ seed: 'empty', ...options, durationsMs });
}

/** The official client, unchanged, with one of the tokens. */
export function clientFor({ url, tokens }: BigQueryHomelab, role: keyof BigQueryTokens = 'operator'): BigQuery {
  const headers = new Headers({ authorization: `Bearer ${tokens[role]}` });
  // What the client asks of an auth client; its own type comes from a package nested in its own.
  const authClient = { getRequestHeaders: async () => headers } as unknown as BigQueryOptions['authClient'];
  return new BigQuery({ projectId: project, apiEndpoint: url, authClient, autoRetry: false });
}

/** The answer of a plain request below the project. */
export async function ask(
  { url, tokens }: BigQueryHomelab,
  path: string,
  init: { method?: string; body?: unknown; role?: keyof BigQueryTokens; headers?: Record<string, string> } = {},
) {
  const { method, body, role = 'operator', headers } = init;
  const answer = await fetch(`${url}/bigquery/v2/projects/${project}/${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { authorization: `Bearer ${tokens[role]}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as Record<string, unknown> };
}

/** The error that a call of the client fails with. @throws Error when it does not fail */
export async function failureOf(
  call: Promise<unknown>,
): Promise<{ code?: number; message: string; errors?: { reason?: string; message?: string; location?: string }[] }> {
  try {
    await call;
  } catch (error) {
    return error as { message: string };
  }
  throw new Error('it did not fail');
}

/** Ends a warehouse. @throws Error when one of its answers was a mistake of the homelab */
export async function closeWithoutFaults(homelab: BigQueryHomelab): Promise<void> {
  const [fault] = homelab.journal.filter(entry => entry.error !== undefined);
  await homelab.close();
  if (fault) throw new Error(`${fault.method} ${fault.path}: ${fault.error}`);
}
