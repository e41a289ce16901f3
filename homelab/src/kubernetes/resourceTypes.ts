import type { Kind } from './model';

/** One resource of the API, as discovery lists it. */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: Kind;
  isNamespaced: boolean;
  subresources: ('status' | 'scale' | 'log')[];
  shortNames: string[];
}

function resourceType(kind: Kind, plural: string, rest: Partial<ResourceType> = {}): ResourceType {
  return { group: '', version: 'v1', plural, kind, isNamespaced: true, subresources: [], shortNames: [], ...rest };
}

/** Everything that is modelled, in the order of discovery. */
export const resourceTypes: readonly ResourceType[] = [
  resourceType('Event', 'events', { shortNames: ['ev'] }),
  resourceType('Namespace', 'namespaces', { isNamespaced: false, subresources: ['status'], shortNames: ['ns'] }),
  resourceType('Node', 'nodes', { isNamespaced: false, subresources: ['status'], shortNames: ['no'] }),
  resourceType('Pod', 'pods', { subresources: ['status', 'log'], shortNames: ['po'] }),
  resourceType('Secret', 'secrets'),
  resourceType('ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] }),
  resourceType('Service', 'services', { subresources: ['status'], shortNames: ['svc'] }),
  resourceType('Deployment', 'deployments', {
    group: 'apps',
    subresources: ['status', 'scale'],
    shortNames: ['deploy'],
  }),
  resourceType('ReplicaSet', 'replicasets', { group: 'apps', subresources: ['status', 'scale'], shortNames: ['rs'] }),
];

/** @throws Error when the kind is not modelled: a mistake of the caller's, not of a client's */
export function resourceTypeOf(kind: string): ResourceType {
  const found = resourceTypes.find(type => type.kind === kind);
  if (!found) throw new Error(`The homelab does not model the kind ${kind}`);
  return found;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(type: { group: string; version: string }): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

/** `deployments.apps`, or `pods` for the core group: how messages name a resource. */
export function qualifiedName(type: { group: string; plural: string }): string {
  return type.group ? `${type.plural}.${type.group}` : type.plural;
}
