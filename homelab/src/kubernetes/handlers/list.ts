// https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
import type { Cluster } from '../Cluster';
import { ApiError, badRequest, expired } from '../codec/ApiError';
import { isObject } from '../codec/json';
import type { KubernetesObject } from '../model';
import { apiVersionOf } from '../resourceTypes';
import type { ApiRequest } from './ApiRequest';
import { resourceVersionOf, selectionOf } from './selection';
import { toTable, wantsTable } from './table';

/** Where the next page begins: after which key, in the state of which version. */
interface ContinueToken {
  v: 'meta.k8s.io/v1';
  /** -1 goes on in the present state, for a token that was renewed. */
  rv: number;
  start: string;
}

const expiredContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

function encodeToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decodeToken(text: string): ContinueToken {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (isObject(token) && token.v === 'meta.k8s.io/v1' && typeof token.start === 'string') {
      return token as unknown as ContinueToken;
    }
  } catch {
    // Not JSON: the same answer as for JSON that is no token.
  }
  throw badRequest('continue key is not valid');
}

function orderKey(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** @throws ApiError 504, as the API server's watch cache does after waiting for a version that does not come */
function requireReached(version: number | undefined, current: number): void {
  if (version === undefined || version <= current) return;
  throw new ApiError(`Too large resource version: ${version}, current: ${current}`, {
    code: 504,
    reason: 'Timeout',
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
}

/** The objects of the asked version, and that version. */
function readState(cluster: Cluster, request: ApiRequest, token: ContinueToken | undefined) {
  const { store } = cluster;
  const wanted = resourceVersionOf(request.query);
  requireReached(wanted, store.resourceVersion);
  const isExact = request.query.get('resourceVersionMatch') === 'Exact';
  const version = token ? token.rv : isExact ? wanted : undefined;
  if (version === undefined || version < 0 || request.type.isComputed) {
    return { objects: cluster.list(request.type), version: store.resourceVersion };
  }
  const objects = store.listAt(request.type.kind, version);
  if (objects) return { objects, version };
  if (!token) throw expired(`The resourceVersion for the provided list is too old.`);
  throw expired(expiredContinue, encodeToken({ ...token, rv: -1 }));
}

/** Answers a list. @throws ApiError 410 when the continue token has expired, 504 when the version is still to come */
export function listObjects(cluster: Cluster, request: ApiRequest): object {
  const { query, type } = request;
  const given = query.get('continue');
  const token = given ? decodeToken(given) : undefined;
  const { objects, version } = readState(cluster, request, token);
  const rest = objects
    .filter(selectionOf(request))
    .map(object => ({ key: orderKey(object), object }))
    .filter(item => !token || item.key > token.start)
    .sort((left, right) => (left.key < right.key ? -1 : 1));
  const limit = Number(query.get('limit') ?? 0) || rest.length;
  const page = rest.slice(0, limit);
  const remaining = rest.length - page.length;
  const isSelected = query.get('labelSelector') || query.get('fieldSelector');
  const last = page.at(-1);
  const metadata = {
    resourceVersion: String(version),
    ...(remaining > 0 && last && { continue: encodeToken({ v: 'meta.k8s.io/v1', rv: version, start: last.key }) }),
    ...(remaining > 0 && !isSelected && { remainingItemCount: remaining }),
  };
  const items = page.map(item => item.object);
  if (wantsTable(request)) return toTable(cluster, request.type, { objects: items, metadata });
  return { kind: `${type.kind}List`, apiVersion: apiVersionOf(type), metadata, items };
}
