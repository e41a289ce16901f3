import type { Exchange } from '../../core';
import { unknownPath } from '../codec/ApiError';
import type { ResourceType } from '../resourceTypes';
import type { User } from './users';

/** A verb of authorisation: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** What a resource request is about. */
export interface ResourceTarget {
  type: ResourceType;
  /** Absent for cluster-scoped resources and for requests over all namespaces. */
  namespace?: string;
  /** Absent for collections. */
  name?: string;
  subresource?: string;
}

/** A request for resources that is authenticated and authorised. */
export interface ApiRequest extends ResourceTarget {
  exchange: Exchange;
  user: User;
  verb: Verb;
  query: URLSearchParams;
}

/** `/api/v1/...` or `/apis/<group>/<version>/...` without its group and version. */
export interface GroupPath {
  group: string;
  version: string;
  rest: string[];
}

/** Splits a path of the API; undefined when it is none. */
export function parseGroupPath(path: string): GroupPath | undefined {
  const segments = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (segments[0] === 'api' && segments.length >= 2)
    return { group: '', version: segments[1], rest: segments.slice(2) };
  if (segments[0] !== 'apis' || segments.length < 3) return undefined;
  return { group: segments[1], version: segments[2], rest: segments.slice(3) };
}

/**
 * Finds what a path is about.
 * @throws ApiError 404 when the API has no such resource
 */
export function parseTarget({ group, version, rest }: GroupPath, types: readonly ResourceType[]): ResourceTarget {
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2]);
  const [plural, name, subresource, ...more] = isNamespaced ? rest.slice(2) : rest;
  const type = types.find(
    candidate => candidate.group === group && candidate.version === version && candidate.plural === plural,
  );
  const isReachable = type && more.length === 0 && (isNamespaced ? type.isNamespaced : !(type.isNamespaced && name));
  if (!isReachable) throw unknownPath();
  return { type, namespace: isNamespaced ? rest[1] : undefined, name, subresource };
}

function isTrue(value: string | null): boolean {
  return value === 'true' || value === '1';
}

/** The verb that a method on this target asks for, or undefined when there is none. */
export function verbOf(method: string, target: ResourceTarget, query: URLSearchParams): Verb | undefined {
  const isItem = target.name !== undefined;
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (isItem) return 'get';
      return isTrue(query.get('watch')) ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return isItem ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}
