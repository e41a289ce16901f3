// Label and field selectors: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api
import type { KubernetesObject, LabelSelector, StringMap } from '../model';
import { badRequest } from './ApiError';
import { isObject } from './json';

type Predicate<T> = (value: T) => boolean;

const setRequirement = /^([^\s!=(),]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const equality = /^([^\s!=(),]+)\s*(==|=|!=)\s*([^\s!=(),]*)$/;
const existence = /^(!?)\s*([^\s!=(),]+)$/;

function parseRequirement(text: string): Predicate<StringMap> {
  const set = setRequirement.exec(text);
  if (set) {
    const values = set[3].split(',').map(value => value.trim());
    const isIn = set[2] === 'in';
    return labels => (set[1] in labels && values.includes(labels[set[1]])) === isIn;
  }
  const equal = equality.exec(text);
  if (equal) return labels => (labels[equal[1]] === equal[3]) === (equal[2] !== '!=');
  const exists = existence.exec(text);
  if (exists) return labels => exists[2] in labels === (exists[1] === '');
  throw badRequest(`unable to parse requirement: found '${text}', expected: identifier`);
}

/**
 * Parses a `labelSelector` parameter.
 * @throws ApiError 400 when it is not one
 */
export function parseLabelSelector(text: string): Predicate<StringMap | undefined> {
  const parts = text.match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  const requirements = parts
    .map(part => part.trim())
    .filter(Boolean)
    .map(parseRequirement);
  return labels => requirements.every(isMet => isMet(labels ?? {}));
}

/** Does a selector of a spec (`matchLabels`, `matchExpressions`) match these labels? */
export function matchesSelector(selector: LabelSelector, labels: StringMap = {}): boolean {
  const isEqual = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    isEqual &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key in labels;
      if (operator === 'DoesNotExist') return !(key in labels);
      return (key in labels && values.includes(labels[key])) === (operator === 'In');
    })
  );
}

/** Fields that the API server can select by, beside `metadata.name` and `metadata.namespace`. */
const selectableFields: Record<string, string[]> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'reason',
    'type',
    'source',
  ],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Job: ['status.successful'],
  ReplicaSet: ['status.replicas'],
  Secret: ['type'],
};

function fieldText(object: KubernetesObject, path: string): string {
  const read = (value: unknown, key: string) => (isObject(value) ? value[key] : undefined);
  const value = path === 'source' ? 'source.component' : path;
  const found = value.split('.').reduce(read, object as unknown);
  return found === undefined ? '' : String(found);
}

/**
 * Parses a `fieldSelector` parameter for one kind.
 * @throws ApiError 400 when it is not one, or when the kind cannot be selected by that field
 */
export function parseFieldSelector(text: string, kind: string): Predicate<KubernetesObject> {
  const known = new Set(['metadata.name', 'metadata.namespace', ...(selectableFields[kind] ?? [])]);
  const requirements = text
    .split(',')
    .filter(Boolean)
    .map((part): Predicate<KubernetesObject> => {
      const match = /^([^!=]+)(==|=|!=)(.*)$/.exec(part.trim());
      if (!match) throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
      const [, path, operator, value] = match;
      if (!known.has(path)) throw badRequest(`field label not supported: ${path}`);
      return object => (fieldText(object, path) === value) === (operator !== '!=');
    });
  return object => requirements.every(isMet => isMet(object));
}
