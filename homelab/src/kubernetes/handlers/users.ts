// Authentication by bearer token and authorisation by small RBAC rules:
// https://kubernetes.io/docs/reference/access-authn-authz/rbac/
import type { Random } from '../../core';
import { ApiError } from '../codec/ApiError';
import { qualifiedName } from '../resourceTypes';
import type { ResourceTarget, Verb } from './ApiRequest';

/** What is allowed, in the form of a ClusterRole; `*` stands for all. */
export interface PolicyRule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
}

/** Who asks. */
export interface User {
  name: string;
  groups: string[];
  rules: PolicyRule[];
}

/** Which bearer token has which rights. */
export interface Tokens {
  /** Reads everything but secrets. */
  reader: string;
  /** Reads, and changes workloads and their pods in every namespace. */
  operator: string;
  /** May do everything. */
  admin: string;
}

const read = ['get', 'list', 'watch'];
/** Everything that can be read but secrets, by group. */
const readable: Record<string, string[]> = {
  '': [
    'configmaps',
    'endpoints',
    'events',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'pods',
    'pods/log',
    'resourcequotas',
    'serviceaccounts',
    'services',
    'services/proxy',
  ],
  apps: [
    'daemonsets',
    'deployments',
    'deployments/scale',
    'replicasets',
    'replicasets/scale',
    'statefulsets',
    'statefulsets/scale',
  ],
  batch: ['cronjobs', 'jobs'],
  autoscaling: ['horizontalpodautoscalers'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'discovery.k8s.io': ['endpointslices'],
  'metrics.k8s.io': ['nodes', 'pods'],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
};
const readerRules: PolicyRule[] = Object.entries(readable).map(([group, resources]) => ({
  verbs: read,
  apiGroups: [group],
  resources,
}));
const operatorRules: PolicyRule[] = [
  ...readerRules,
  {
    verbs: ['patch', 'update'],
    apiGroups: ['apps'],
    resources: ['deployments', 'deployments/scale', 'statefulsets', 'statefulsets/scale', 'daemonsets'],
  },
  { verbs: ['patch'], apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'] },
  { verbs: ['patch'], apiGroups: ['batch'], resources: ['cronjobs'] },
  { verbs: ['create', 'delete'], apiGroups: ['batch'], resources: ['jobs'] },
  { verbs: ['delete'], apiGroups: [''], resources: ['pods'] },
];
const adminRules: PolicyRule[] = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];

/** What every authenticated user may do: the role system:basic-user. */
const selfReviewRules: PolicyRule[] = [
  {
    verbs: ['create'],
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
  },
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
];

function serviceAccount(name: string, rules: PolicyRule[]): User {
  const groups = ['system:serviceaccounts', 'system:serviceaccounts:leitstand', 'system:authenticated'];
  return { name: `system:serviceaccount:leitstand:${name}`, groups, rules: [...rules, ...selfReviewRules] };
}

/** Tokens that nobody can guess who does not know the seed. */
export function createTokens(random: Random): Tokens {
  const token = (name: string) => `${name}-${random.text(40)}`;
  return { reader: token('reader'), operator: token('operator'), admin: token('admin') };
}

/** Gives the user of a token other rights; what every user may do stays. */
export function setRules(users: Map<string, User>, token: string, rules: PolicyRule[]): void {
  const user = users.get(token);
  if (user) users.set(token, { ...user, rules: [...rules, ...selfReviewRules] });
}

/** Users by their token. */
export function createUsers(tokens: Tokens): Map<string, User> {
  const admin = { name: 'system:admin', groups: ['system:masters', 'system:authenticated'], rules: adminRules };
  return new Map([
    [tokens.reader, serviceAccount('reader', readerRules)],
    [tokens.operator, serviceAccount('operator', operatorRules)],
    [tokens.admin, admin],
  ]);
}

/** @throws ApiError 401 when the header carries no token that is known; k3s allows no anonymous requests */
export function authenticate(users: Map<string, User>, authorization: string | undefined): User {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  const user = token === undefined ? undefined : users.get(token);
  if (!user) throw new ApiError('Unauthorized', { code: 401, reason: 'Unauthorized' });
  return user;
}

/** What is to be allowed; `resource` is `deployments` or `deployments/scale`. */
export interface AccessQuestion {
  verb: string;
  group: string;
  resource: string;
}

/** Does one of the user's rules allow it? */
export function isAllowed(user: User, question: AccessQuestion): boolean {
  const covers = (values: string[], value: string) => values.includes('*') || values.includes(value);
  return user.rules.some(
    rule =>
      covers(rule.verbs, question.verb) &&
      covers(rule.apiGroups, question.group) &&
      covers(rule.resources, question.resource),
  );
}

/** @throws ApiError 403 in the words of Kubernetes */
export function authorize(user: User, verb: Verb, target: ResourceTarget): void {
  const { type, name, namespace, subresource } = target;
  const resource = subresource ? `${type.plural}/${subresource}` : type.plural;
  if (isAllowed(user, { verb, group: type.group, resource })) return;
  const scope = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  const named = name ? ` "${name}"` : '';
  throw new ApiError(
    `${qualifiedName(type)}${named} is forbidden: User "${user.name}" cannot ${verb} resource "${resource}" in API group "${type.group}" ${scope}`,
    {
      code: 403,
      reason: 'Forbidden',
      details: { ...(name && { name }), ...(type.group && { group: type.group }), kind: type.plural },
    },
  );
}
