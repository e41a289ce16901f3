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
  /** `all` for what `kubectl get all` lists. */
  categories: string[];
  /** Does the API server count changes of its spec in `metadata.generation`? */
  hasGeneration: boolean;
  /** Made from other objects instead of being stored: it can be read and nothing else. */
  isComputed?: boolean;
}

function resourceType(kind: Kind, plural: string, rest: Partial<ResourceType> = {}): ResourceType {
  return {
    group: '',
    version: 'v1',
    plural,
    kind,
    isNamespaced: true,
    subresources: [],
    shortNames: [],
    categories: [],
    hasGeneration: false,
    ...rest,
  };
}

/** Resources of one group that have a status; `rest` names the group. */
function workload(kind: Kind, plural: string, rest: Partial<ResourceType>): ResourceType {
  return resourceType(kind, plural, { subresources: ['status'], categories: ['all'], hasGeneration: true, ...rest });
}

const isNamespaced = false;
const scalable: Partial<ResourceType> = { subresources: ['status', 'scale'] };

/** Everything that every cluster has, in the order of discovery. */
export const resourceTypes: readonly ResourceType[] = [
  resourceType('ConfigMap', 'configmaps', { shortNames: ['cm'] }),
  resourceType('Endpoints', 'endpoints', { shortNames: ['ep'] }),
  resourceType('Event', 'events', { shortNames: ['ev'] }),
  resourceType('LimitRange', 'limitranges', { shortNames: ['limits'] }),
  resourceType('Namespace', 'namespaces', { isNamespaced, subresources: ['status'], shortNames: ['ns'] }),
  resourceType('Node', 'nodes', { isNamespaced, subresources: ['status'], shortNames: ['no'] }),
  resourceType('PersistentVolumeClaim', 'persistentvolumeclaims', { subresources: ['status'], shortNames: ['pvc'] }),
  resourceType('Pod', 'pods', { subresources: ['status', 'log'], shortNames: ['po'], categories: ['all'] }),
  resourceType('ResourceQuota', 'resourcequotas', { subresources: ['status'], shortNames: ['quota'] }),
  resourceType('Secret', 'secrets'),
  resourceType('ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] }),
  resourceType('Service', 'services', { subresources: ['status'], shortNames: ['svc'], categories: ['all'] }),
  workload('DaemonSet', 'daemonsets', { group: 'apps', shortNames: ['ds'] }),
  workload('Deployment', 'deployments', { group: 'apps', ...scalable, shortNames: ['deploy'] }),
  workload('ReplicaSet', 'replicasets', { group: 'apps', ...scalable, shortNames: ['rs'] }),
  workload('StatefulSet', 'statefulsets', { group: 'apps', ...scalable, shortNames: ['sts'] }),
  workload('Job', 'jobs', { group: 'batch' }),
  workload('CronJob', 'cronjobs', { group: 'batch', shortNames: ['cj'] }),
  workload('HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    group: 'autoscaling',
    version: 'v2',
    shortNames: ['hpa'],
    hasGeneration: false,
  }),
  workload('Ingress', 'ingresses', { group: 'networking.k8s.io', shortNames: ['ing'], categories: [] }),
  resourceType('NetworkPolicy', 'networkpolicies', {
    group: 'networking.k8s.io',
    shortNames: ['netpol'],
    hasGeneration: true,
  }),
  workload('PodDisruptionBudget', 'poddisruptionbudgets', { group: 'policy', shortNames: ['pdb'], categories: [] }),
  resourceType('ClusterRole', 'clusterroles', { group: 'rbac.authorization.k8s.io', isNamespaced }),
  resourceType('ClusterRoleBinding', 'clusterrolebindings', { group: 'rbac.authorization.k8s.io', isNamespaced }),
  resourceType('RoleBinding', 'rolebindings', { group: 'rbac.authorization.k8s.io' }),
  resourceType('EndpointSlice', 'endpointslices', { group: 'discovery.k8s.io' }),
  workload('CustomResourceDefinition', 'customresourcedefinitions', {
    group: 'apiextensions.k8s.io',
    isNamespaced,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
  }),
  resourceType('NodeMetrics', 'nodes', {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    isNamespaced,
    isComputed: true,
  }),
  resourceType('PodMetrics', 'pods', { group: 'metrics.k8s.io', version: 'v1beta1', isComputed: true }),
];

const typesByKind = new Map<string, ResourceType>(resourceTypes.map(type => [type.kind, type]));

/**
 * @param custom - what definitions have added to the cluster
 * @throws Error when the kind is not modelled: a mistake of the caller's, not of a client's
 */
export function resourceTypeOf(kind: string, custom?: () => readonly ResourceType[]): ResourceType {
  const found = typesByKind.get(kind) ?? custom?.().find(type => type.kind === kind);
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
