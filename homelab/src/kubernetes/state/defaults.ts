// What the API server fills in: https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/apis/core/v1/defaults.go
// and the same file of apps, batch and autoscaling. Setting them on every write keeps a template that is put back equal to the old one.
import { createHash } from 'node:crypto';
import { isObject, type JsonObject } from '../codec/json';
import { definitionStatus } from '../customResources';
import type {
  Container,
  CronJob,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  KubernetesObject,
  NetworkPolicy,
  NetworkPolicyRule,
  PodSpec,
  PodTemplate,
  ReplicaSet,
  Service,
  StatefulSet,
} from '../model';

function defaulted<T extends object>(value: object, defaults: T): T {
  const own = Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined && item !== null));
  return { ...defaults, ...own };
}

function defaultProbe(probe: unknown): unknown {
  if (!isObject(probe)) return probe;
  const full = defaulted(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  const { httpGet } = probe;
  return isObject(httpGet) ? { ...full, httpGet: defaulted(httpGet, { path: '/', scheme: 'HTTP' }) } : full;
}

function defaultResources(resources: unknown): JsonObject {
  if (!isObject(resources)) return {};
  const { limits, requests } = resources;
  if (!isObject(limits)) return resources;
  return { ...resources, requests: defaulted(isObject(requests) ? requests : {}, limits) };
}

function defaultEnvironment(item: unknown): unknown {
  if (!isObject(item) || !isObject(item.valueFrom) || !isObject(item.valueFrom.fieldRef)) return item;
  return { ...item, valueFrom: { fieldRef: defaulted(item.valueFrom.fieldRef, { apiVersion: 'v1' }) } };
}

function defaultContainer(container: Container): Container {
  const tag = /:([^:/@]+)$/.exec(container.image ?? '')?.[1];
  const isMoving = (tag === undefined && !container.image?.includes('@')) || tag === 'latest';
  const result: Container = defaulted(container, {
    name: '',
    image: '',
    imagePullPolicy: isMoving ? 'Always' : 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  result.resources = defaultResources(container.resources);
  if (Array.isArray(container.ports)) {
    result.ports = container.ports.map(port => defaulted(port as object, { protocol: 'TCP' }));
  }
  if (Array.isArray(container.env)) result.env = container.env.map(defaultEnvironment);
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (container[probe]) result[probe] = defaultProbe(container[probe]);
  }
  return result;
}

function defaultVolume(volume: unknown): unknown {
  if (!isObject(volume)) return volume;
  for (const source of ['secret', 'configMap', 'projected', 'downwardAPI']) {
    const value = volume[source];
    if (isObject(value)) return { ...volume, [source]: defaulted(value, { defaultMode: 420 }) };
  }
  return Object.keys(volume).length > 1 ? volume : { ...volume, emptyDir: {} };
}

function defaultPodSpec(spec: PodSpec): PodSpec {
  const result: PodSpec = defaulted(spec, {
    containers: [],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  result.containers = (spec.containers ?? []).map(defaultContainer);
  if (Array.isArray(spec.initContainers)) {
    result.initContainers = (spec.initContainers as Container[]).map(defaultContainer);
  }
  if (Array.isArray(spec.volumes)) result.volumes = spec.volumes.map(defaultVolume);
  if (spec.serviceAccountName) result.serviceAccount = spec.serviceAccountName;
  return result;
}

function defaultTemplate(template: PodTemplate | undefined): PodTemplate {
  const metadata = { creationTimestamp: null, ...template?.metadata };
  return { ...template, metadata, spec: defaultPodSpec(template?.spec ?? { containers: [] }) };
}

type WithTemplate = KubernetesObject & { spec: { template: PodTemplate } };

function withSpec<T extends WithTemplate>(workload: T, defaults: object): T {
  const spec = defaulted(workload.spec ?? {}, defaults) as T['spec'];
  return { ...workload, spec: { ...spec, template: defaultTemplate(spec.template) } };
}

function defaultDeployment(deployment: Deployment): Deployment {
  const { strategy: given } = deployment.spec ?? {};
  const type = given?.type ?? 'RollingUpdate';
  const rollingUpdate = defaulted(given?.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' });
  const strategy = type === 'RollingUpdate' ? { type, rollingUpdate } : { ...given, type };
  const full = withSpec(deployment, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  return { ...full, spec: { ...full.spec, strategy } };
}

/** A Job's pods are told from all others by the Job's uid (batch/job/strategy.go, generateSelector). */
function defaultJob(job: Job): Job {
  const { uid = '', name } = job.metadata;
  const labels = {
    'controller-uid': uid,
    'job-name': name,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
  };
  const defaults = {
    parallelism: 1,
    completions: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
  };
  const { spec, ...rest } = withSpec(job, defaults);
  const metadata = { ...spec.template.metadata, labels: { ...spec.template.metadata?.labels, ...labels } };
  return { ...rest, spec: { ...spec, template: { ...spec.template, metadata } } };
}

function defaultCronJob(cronJob: CronJob): CronJob {
  const spec = defaulted(cronJob.spec ?? {}, {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  }) as CronJob['spec'];
  const { spec: jobSpec, ...jobTemplate } = spec.jobTemplate ?? {};
  const template = defaultTemplate(jobSpec?.template);
  return { ...cronJob, spec: { ...spec, jobTemplate: { ...jobTemplate, spec: { ...jobSpec, template } } } };
}

/** Addresses and node ports come from the uid, so that they stay what they are however often they are asked for. */
function defaultService(service: Service): Service {
  const bytes = createHash('sha256').update(`${service.metadata.uid}`).digest();
  const given = (service.spec ?? {}) as Service['spec'];
  const spec = defaulted(given, { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' });
  const hasNodePort = given.type === 'NodePort' || given.type === 'LoadBalancer';
  const ports = given.ports?.map((port, index) => ({
    ...defaulted(port, { protocol: 'TCP', targetPort: port.port }),
    ...(hasNodePort && { nodePort: port.nodePort ?? 30_000 + ((bytes.readUInt16BE(2) + index) % 2_768) }),
  }));
  const clusterIP = given.clusterIP ?? `10.43.${bytes[0]}.${(bytes[1] % 254) + 1}`;
  const addresses = given.type === 'ExternalName' ? {} : { clusterIP, clusterIPs: [clusterIP] };
  return {
    ...service,
    spec: { ...spec, ...addresses, ...(ports && { ports }) } as Service['spec'],
    status: service.status ?? { loadBalancer: {} },
  };
}

function defaultAutoscaler(autoscaler: HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  const target = { type: 'Utilization', averageUtilization: 80 };
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  const spec = defaulted(autoscaler.spec ?? {}, { minReplicas: 1, metrics });
  return { ...autoscaler, spec: spec as HorizontalPodAutoscaler['spec'] };
}

function defaultNetworkPolicy(policy: NetworkPolicy): NetworkPolicy {
  const withProtocols = (rules: NetworkPolicyRule[] = []) =>
    rules.map(rule =>
      rule.ports ? { ...rule, ports: rule.ports.map(port => defaulted(port, { protocol: 'TCP' })) } : rule,
    );
  const { ingress, egress, ...rest } = (policy.spec ?? {}) as NetworkPolicy['spec'];
  const policyTypes = ['Ingress', ...(egress?.length ? ['Egress'] : [])];
  const rules = {
    ...(ingress && { ingress: withProtocols(ingress) }),
    ...(egress && { egress: withProtocols(egress) }),
  };
  return { ...policy, spec: defaulted({ ...rest, ...rules }, { podSelector: {}, policyTypes }) };
}

/** Storage is there as soon as it is asked for. */
function defaultClaim(claim: KubernetesObject): KubernetesObject {
  const spec = defaulted(claim.spec ?? {}, { volumeMode: 'Filesystem', volumeName: `pvc-${claim.metadata.uid}` });
  const { accessModes, resources } = spec as JsonObject;
  const capacity = isObject(resources) ? resources.requests : undefined;
  return { ...claim, spec, status: claim.status ?? { phase: 'Bound', accessModes, capacity } };
}

function defaultPod(pod: KubernetesObject): KubernetesObject {
  const admitted = defaulted((pod.spec ?? {}) as PodSpec, {
    containers: [],
    serviceAccountName: 'default',
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
  });
  return { ...pod, spec: defaultPodSpec(admitted), status: pod.status ?? { phase: 'Pending', qosClass: 'BestEffort' } };
}

function defaultNamespace(namespace: KubernetesObject): KubernetesObject {
  const { metadata } = namespace;
  return {
    ...namespace,
    metadata: { ...metadata, labels: { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name } },
    spec: namespace.spec ?? { finalizers: ['kubernetes'] },
    status: namespace.status ?? { phase: 'Active' },
  };
}

const rollingUpdate = { type: 'RollingUpdate' };
const defaultsByKind: Partial<Record<string, (object: never) => KubernetesObject>> = {
  Deployment: defaultDeployment,
  ReplicaSet: (replicaSet: ReplicaSet) => withSpec(replicaSet, { replicas: 1 }),
  StatefulSet: (statefulSet: StatefulSet) =>
    withSpec(statefulSet, {
      replicas: 1,
      serviceName: '',
      podManagementPolicy: 'OrderedReady',
      updateStrategy: rollingUpdate,
      revisionHistoryLimit: 10,
    }),
  DaemonSet: (daemonSet: DaemonSet) => withSpec(daemonSet, { updateStrategy: rollingUpdate, revisionHistoryLimit: 10 }),
  Job: defaultJob,
  CronJob: defaultCronJob,
  Service: defaultService,
  HorizontalPodAutoscaler: defaultAutoscaler,
  NetworkPolicy: defaultNetworkPolicy,
  PersistentVolumeClaim: defaultClaim,
  Pod: defaultPod,
  Namespace: defaultNamespace,
};

/** An object with everything that the API server would fill in; the given one stays as it is. */
export function withDefaults(object: KubernetesObject): KubernetesObject {
  return defaultsByKind[object.kind]?.(object as never) ?? object;
}

/** What a new object's status is, whatever its creator says. @param time - RFC 3339 */
export function initialStatus(object: KubernetesObject, time: string): object {
  switch (object.kind) {
    case 'ReplicaSet':
      return { replicas: 0 };
    case 'StatefulSet':
      return { replicas: 0, availableReplicas: 0 };
    case 'DaemonSet':
      return { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 };
    case 'PodDisruptionBudget':
      return { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
    case 'Ingress':
      return { loadBalancer: {} };
    case 'CustomResourceDefinition':
      return definitionStatus(object as CustomResourceDefinition, time);
    default:
      return {};
  }
}
