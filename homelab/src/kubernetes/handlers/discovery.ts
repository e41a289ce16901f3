// https://kubernetes.io/docs/reference/using-api/api-concepts/#discovery-api (the unaggregated form)
import { apiVersionOf, type ResourceType } from '../resourceTypes';

const readVerbs = ['get', 'list'];
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  group?: string;
  version?: string;
}

function subresource(type: ResourceType, name: string): ApiResource {
  const base = { name: `${type.plural}/${name}`, singularName: '', namespaced: type.isNamespaced };
  if (name === 'log') return { ...base, kind: type.kind, verbs: ['get'] };
  const scale = name === 'scale' ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : { kind: type.kind };
  return { ...base, ...scale, verbs: ['get', 'patch', 'update'] };
}

function apiResources(type: ResourceType): ApiResource[] {
  const { plural, kind, isNamespaced, shortNames, categories, isComputed } = type;
  const base = { name: plural, singularName: isComputed ? '' : kind.toLowerCase(), namespaced: isNamespaced, kind };
  return [
    {
      ...base,
      verbs: isComputed ? readVerbs : verbs,
      ...(shortNames.length > 0 && { shortNames }),
      ...(categories.length > 0 && { categories }),
    },
    ...type.subresources.map(name => subresource(type, name)),
  ];
}

/** What can only be asked for, by the version of its group. */
const reviews: Record<string, string[]> = {
  'authentication.k8s.io/v1': ['SelfSubjectReview'],
  'authorization.k8s.io/v1': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'],
};

function reviewResource(kind: string): ApiResource {
  const singularName = kind.toLowerCase();
  return { name: `${singularName}s`, singularName, namespaced: false, kind, verbs: ['create'] };
}

function apiGroup(groupVersion: string) {
  const [name, version] = groupVersion.split('/');
  return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
}

const defaultVersion = 'v1.32.6+k3s1';

function versionInfo(gitVersion: string) {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return {
    major,
    minor,
    gitVersion,
    gitCommit: 'homelab',
    gitTreeState: 'clean',
    buildDate: '2025-06-20T16:46:34Z',
    goVersion: 'go1.23.10',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

/** What is described: the resources of a cluster and its version, as its nodes have it. */
export interface ServerDescription {
  types: readonly ResourceType[];
  /** `v1.32.6+k3s1` by default. */
  gitVersion?: string;
}

/** Every `group/version` beside the core group's. */
export function groupVersionsOf(types: readonly ResourceType[]): string[] {
  return [...new Set([...types.filter(type => type.group).map(apiVersionOf), ...Object.keys(reviews)])];
}

/** What the paths that describe the server answer: an object, the text `ok`, or undefined for another path. */
export function describeServer(path: string, { types, gitVersion }: ServerDescription): object | 'ok' | undefined {
  const [, root, group, groupVersion] = path.replace(/\/$/, '').split('/');
  const groups = groupVersionsOf(types);
  switch (path.replace(/\/$/, '')) {
    case '/version':
      return versionInfo(gitVersion ?? defaultVersion);
    case '/healthz':
    case '/livez':
    case '/readyz':
      return 'ok';
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(apiGroup) };
    case `/apis/${group}`: {
      const found = groups.find(name => name.startsWith(`${group}/`));
      return found ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(found) } : undefined;
    }
    case '/api/v1':
    case `/apis/${group}/${groupVersion}`:
      return resourceList(root === 'api' ? 'v1' : `${group}/${groupVersion}`, types);
    default:
      return undefined;
  }
}

function resourceList(groupVersion: string, types: readonly ResourceType[]): object | undefined {
  const stored = types.filter(type => apiVersionOf(type) === groupVersion).flatMap(apiResources);
  const resources = [...stored, ...(reviews[groupVersion] ?? []).map(reviewResource)];
  return resources.length > 0 ? { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources } : undefined;
}
