// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/apis/networking/validation/validation.go, and the same file of
// policy and rbac.
import type { FieldError } from '../codec/ApiError';
import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicyRule,
  PodDisruptionBudget,
  RoleBinding,
} from '../model';
import { invalidValue, nonNegative, notSupported, required } from './fieldErrors';

const directions = ['Egress', 'Ingress'];
const protocols = ['SCTP', 'TCP', 'UDP'];
const portName = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

function validatePort({ port, protocol, endPort }: NetworkPolicyPort, path: string): FieldError[] {
  const errors = protocols.includes(protocol as string) ? [] : [notSupported(`${path}.protocol`, protocol, protocols)];
  if (port === undefined) {
    return endPort === undefined
      ? errors
      : [...errors, required(`${path}.port`, 'must be specified when `endPort` is')];
  }
  if (typeof port === 'number' ? port >= 1 && port <= 65_535 : portName.test(port)) return errors;
  const why = typeof port === 'number' ? 'must be between 1 and 65535, inclusive' : 'must be the name of a port';
  return [...errors, invalidValue(`${path}.port`, port, why)];
}

function validatePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, path: string): FieldError[] {
  if (!ipBlock) return podSelector || namespaceSelector ? [] : [required(path, 'must specify a peer')];
  if (!ipBlock.cidr) return [required(`${path}.ipBlock.cidr`)];
  if (!podSelector && !namespaceSelector) return [];
  const detail = 'Forbidden: may not specify both ipBlock and another peer';
  return [{ field: path, reason: 'FieldValueForbidden', detail }];
}

function validateRule(rule: NetworkPolicyRule, path: string): FieldError[] {
  const ports = (rule.ports ?? []).flatMap((port, index) => validatePort(port, `${path}.ports[${index}]`));
  const peers = (['from', 'to'] as const).flatMap(side =>
    (rule[side] ?? []).flatMap((peer, index) => validatePeer(peer, `${path}.${side}[${index}]`)),
  );
  return [...ports, ...peers];
}

export function validateNetworkPolicy({ spec }: NetworkPolicy): FieldError[] {
  const rules = (['ingress', 'egress'] as const).flatMap(side =>
    (spec[side] ?? []).flatMap((rule, index) => validateRule(rule, `spec.${side}[${index}]`)),
  );
  const types = (spec.policyTypes ?? []).flatMap((type, index) =>
    directions.includes(type) ? [] : [notSupported(`spec.policyTypes[${index}]`, type, directions)],
  );
  return [...rules, ...types];
}

function validateCountOrPercent(field: string, value: number | string | undefined): FieldError[] {
  if (typeof value !== 'string') return nonNegative(field, value);
  const percent = /^(\d+)%$/.exec(value)?.[1];
  if (percent === undefined) return [invalidValue(field, value, "a valid percent string must end with '%'")];
  return Number(percent) > 100 ? [invalidValue(field, value, 'must not be greater than 100%')] : [];
}

export function validateDisruptionBudget({ spec = {} }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    return [invalidValue('spec', spec, 'minAvailable and maxUnavailable cannot be both set')];
  }
  return [
    ...validateCountOrPercent('spec.minAvailable', minAvailable),
    ...validateCountOrPercent('spec.maxUnavailable', maxUnavailable),
  ];
}

export function validateBinding({ kind, roleRef, subjects = [] }: RoleBinding): FieldError[] {
  const kinds = kind === 'RoleBinding' ? ['ClusterRole', 'Role'] : ['ClusterRole'];
  const errors = kinds.includes(roleRef?.kind) ? [] : [notSupported('roleRef.kind', roleRef?.kind ?? '', kinds)];
  if (!roleRef?.name) errors.push(required('roleRef.name'));
  return [
    ...errors,
    ...subjects.flatMap((subject, index) => {
      const path = `subjects[${index}]`;
      if (!subject.name) return [required(`${path}.name`)];
      const isIncomplete = subject.kind === 'ServiceAccount' && !subject.namespace;
      return isIncomplete ? [required(`${path}.namespace`)] : [];
    }),
  ];
}
