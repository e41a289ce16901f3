// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/apis/apps/validation/validation.go and core/validation.
import type { FieldError } from '../codec/ApiError';
import { isEqual } from '../codec/json';
import { matchesSelector } from '../codec/selectors';
import type { Deployment, KubernetesObject, Pod, PodSpec, ReplicaSet } from '../model';
import type { ResourceType } from '../resourceTypes';

const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const nameRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

function required(field: string): FieldError {
  return { field, reason: 'FieldValueRequired', detail: 'Required value' };
}

function invalidValue(field: string, value: unknown, why: string): FieldError {
  return { field, reason: 'FieldValueInvalid', detail: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}

function nonNegative(field: string, value: unknown): FieldError[] {
  if (value === undefined || (Number.isInteger(value) && (value as number) >= 0)) return [];
  return [invalidValue(field, value, 'must be greater than or equal to 0')];
}

function validatePodSpec(spec: PodSpec, path: string): FieldError[] {
  if (spec.containers.length === 0) return [required(`${path}.containers`)];
  const names = new Set<string>();
  return spec.containers.flatMap((container, index) => {
    const field = `${path}.containers[${index}]`;
    const errors: FieldError[] = [];
    if (!container.name) errors.push(required(`${field}.name`));
    else if (names.has(container.name)) {
      const detail = `Duplicate value: "${container.name}"`;
      errors.push({ field: `${field}.name`, reason: 'FieldValueInvalid', detail });
    }
    if (!container.image) errors.push(required(`${field}.image`));
    names.add(container.name);
    return errors;
  });
}

function validateWorkload(workload: Deployment | ReplicaSet): FieldError[] {
  const { selector, template, replicas } = workload.spec;
  const errors = nonNegative('spec.replicas', replicas);
  if (!selector) return [...errors, required('spec.selector')];
  if (!matchesSelector(selector, template.metadata?.labels)) {
    errors.push(
      invalidValue(
        'spec.template.metadata.labels',
        template.metadata?.labels ?? {},
        '`selector` does not match template `labels`',
      ),
    );
  }
  if (template.spec.restartPolicy !== 'Always') {
    const detail = `Unsupported value: ${JSON.stringify(template.spec.restartPolicy)}: supported values: "Always"`;
    errors.push({ field: 'spec.template.spec.restartPolicy', reason: 'FieldValueNotSupported', detail });
  }
  return [...errors, ...validatePodSpec(template.spec, 'spec.template.spec')];
}

function validateDeployment({ spec }: Deployment): FieldError[] {
  const errors = [
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
  ];
  if (spec.progressDeadlineSeconds <= (spec.minReadySeconds ?? 0)) {
    errors.push(
      invalidValue(
        'spec.progressDeadlineSeconds',
        spec.progressDeadlineSeconds,
        'must be greater than minReadySeconds',
      ),
    );
  }
  const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate ?? {};
  const isZero = (value: unknown) => value === 0 || value === '0%';
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    errors.push(
      invalidValue('spec.strategy.rollingUpdate.maxUnavailable', maxUnavailable, 'may not be 0 when `maxSurge` is 0'),
    );
  }
  return errors;
}

function validateImmutable(previous: KubernetesObject, next: KubernetesObject): FieldError[] {
  if (next.kind !== 'Deployment' && next.kind !== 'ReplicaSet') return [];
  const before = (previous as Deployment).spec.selector;
  const after = (next as Deployment).spec.selector;
  return isEqual(before, after) ? [] : [invalidValue('spec.selector', after, 'field is immutable')];
}

/** What the API server would reject, after defaulting; empty when it would accept. */
export function validate(type: ResourceType, next: KubernetesObject, previous?: KubernetesObject): FieldError[] {
  const errors: FieldError[] = [];
  const { name } = next.metadata;
  if (!dnsSubdomain.test(name) || name.length > 253) errors.push(invalidValue('metadata.name', name, nameRule));
  if (type.kind === 'Pod') errors.push(...validatePodSpec((next as Pod).spec, 'spec'));
  if (type.kind === 'Deployment') errors.push(...validateDeployment(next as Deployment));
  if (type.kind === 'Deployment' || type.kind === 'ReplicaSet') {
    errors.push(...validateWorkload(next as Deployment | ReplicaSet));
  }
  if (previous) errors.push(...validateImmutable(previous, next));
  return errors;
}
