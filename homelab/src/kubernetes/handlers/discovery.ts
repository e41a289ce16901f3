// https://kubernetes.io/docs/reference/using-api/api-concepts/#discovery-api (the unaggregated form)
import { apiVersionOf, resourceTypes, type ResourceType } from '../resourceTypes';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  kind: string;
  verbs: string[];
  shortNames?: string[];
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
  const { plural, kind, isNamespaced, shortNames } = type;
  const main = { name: plural, singularName: kind.toLowerCase(), namespaced: isNamespaced, kind, verbs };
  return [
    { ...main, ...(shortNames.length > 0 && { shortNames }) },
    ...type.subresources.map(name => subresource(type, name)),
  ];
}

const reviews: ApiResource[] = ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'].map(kind => ({
  name: `${kind.toLowerCase()}s`,
  singularName: kind.toLowerCase(),
  namespaced: false,
  kind,
  verbs: ['create'],
}));

function resourceList(groupVersion: string, resources: ApiResource[]) {
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

function apiGroup(name: string) {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
}

const groups = ['apps', 'authorization.k8s.io'];

const version = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.6+k3s1',
  gitCommit: 'homelab',
  gitTreeState: 'clean',
  buildDate: '2025-06-20T16:46:34Z',
  goVersion: 'go1.23.10',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** What the paths that describe the server answer: an object, the text `ok`, or undefined for another path. */
export function describeServer(path: string): object | 'ok' | undefined {
  switch (path.replace(/\/$/, '')) {
    case '/version':
      return version;
    case '/healthz':
    case '/livez':
    case '/readyz':
      return 'ok';
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(apiGroup) };
    case '/apis/apps':
    case '/apis/authorization.k8s.io':
      return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(path.split('/')[2]) };
    case '/apis/authorization.k8s.io/v1':
      return resourceList('authorization.k8s.io/v1', reviews);
    case '/api/v1':
    case '/apis/apps/v1': {
      const groupVersion = path.replace(/\/$/, '').replace(/^\/apis?\//, '');
      const types = resourceTypes.filter(type => apiVersionOf(type) === groupVersion);
      return resourceList(groupVersion, types.flatMap(apiResources));
    }
    default:
      return undefined;
  }
}
