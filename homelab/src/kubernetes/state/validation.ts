// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/apis/apps/validation/validation.go and core/validation.
import type { FieldError } from '../codec/ApiError';
import { isEqual } from '../codec/json';
import { matchesSelector } from '../codec/selectors';
import type {
  CronJob,
  CustomResourceDefinition,
  Deployment,
  HorizontalPodAutoscaler,
  KubernetesObject,
  Pod,
  PodSpec,
  PodTemplate,
} from '../model';
import type { ResourceType } from '../resourceTypes';
import { scheduleMistake } from './cronSchedule';
import { invalidValue, nonNegative, notSupported, required } from './fieldErrors';
import { validateBinding, validateDisruptionBudget, validateNetworkPolicy } from './policyValidation';

const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const nameRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

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

/** Which restart policies a workload's pods may have. */
const restartPolicies: Partial<Record<string, string[]>> = {
  Deployment: ['Always'],
  ReplicaSet: ['Always'],
  StatefulSet: ['Always'],
  DaemonSet: ['Always'],
  Job: ['OnFailure', 'Never'],
};

function validateTemplate(template: PodTemplate, path: string, policies: string[]): FieldError[] {
  const errors = validatePodSpec(template.spec, `${path}.spec`);
  const { restartPolicy } = template.spec;
  if (policies.includes(restartPolicy as string)) return errors;
  return [notSupported(`${path}.spec.restartPolicy`, restartPolicy, policies), ...errors];
}

function validateWorkload(workload: Deployment, policies: string[]): FieldError[] {
  const { selector, template, replicas } = workload.spec;
  const errors = nonNegative('spec.replicas', replicas);
  if (!selector) return [...errors, required('spec.selector')];
  const { labels } = template.metadata ?? {};
  if (!matchesSelector(selector, labels)) {
    const why = '`selector` does not match template `labels`';
    errors.push(invalidValue('spec.template.metadata.labels', labels ?? {}, why));
  }
  return [...errors, ...validateTemplate(template, 'spec.template', policies)];
}

function validateCronJob({ spec }: CronJob): FieldError[] {
  const errors = validateTemplate(spec.jobTemplate.spec.template, 'spec.jobTemplate.spec.template', [
    'OnFailure',
    'Never',
  ]);
  if (!spec.schedule) return [required('spec.schedule'), ...errors];
  const mistake = scheduleMistake(spec.schedule, spec.timeZone);
  return mistake ? [invalidValue('spec.schedule', spec.schedule, mistake), ...errors] : errors;
}

function validateAutoscaler({ spec }: HorizontalPodAutoscaler): FieldError[] {
  if (!spec.scaleTargetRef?.name) return [required('spec.scaleTargetRef.name')];
  if (spec.maxReplicas >= spec.minReplicas) return [];
  return [invalidValue('spec.maxReplicas', spec.maxReplicas, 'must be greater than or equal to `minReplicas`')];
}

function validateDefinition({ metadata, spec }: CustomResourceDefinition): FieldError[] {
  if (metadata.name === `${spec?.names?.plural}.${spec?.group}` && Array.isArray(spec?.versions)) return [];
  return [invalidValue('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group')];
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

const validators: Partial<Record<string, (object: never) => FieldError[]>> = {
  Pod: (pod: Pod) => validatePodSpec(pod.spec, 'spec'),
  Deployment: validateDeployment,
  CronJob: validateCronJob,
  HorizontalPodAutoscaler: validateAutoscaler,
  CustomResourceDefinition: validateDefinition,
  NetworkPolicy: validateNetworkPolicy,
  PodDisruptionBudget: validateDisruptionBudget,
  ClusterRoleBinding: validateBinding,
  RoleBinding: validateBinding,
};

/** Fields that may not change. */
const immutableFields: Partial<Record<string, ('selector' | 'template')[]>> = {
  Deployment: ['selector'],
  ReplicaSet: ['selector'],
  StatefulSet: ['selector'],
  DaemonSet: ['selector'],
  Job: ['selector', 'template'],
};

function validateImmutable(previous: KubernetesObject, next: KubernetesObject): FieldError[] {
  const [before, after] = [(previous as Deployment).spec, (next as Deployment).spec];
  return (immutableFields[next.kind] ?? [])
    .filter(field => !isEqual(before[field], after[field]))
    .map(field => invalidValue(`spec.${field}`, after[field], 'field is immutable'));
}

/** What the API server would reject, after defaulting; empty when it would accept. */
export function validate(type: ResourceType, next: KubernetesObject, previous?: KubernetesObject): FieldError[] {
  const errors: FieldError[] = [];
  const { name } = next.metadata;
  if (!dnsSubdomain.test(name) || name.length > 253) errors.push(invalidValue('metadata.name', name, nameRule));
  errors.push(...(validators[type.kind]?.(next as never) ?? []));
  const policies = restartPolicies[type.kind];
  if (policies) errors.push(...validateWorkload(next as Deployment, policies));
  if (previous) errors.push(...validateImmutable(previous, next));
  return errors;
}
