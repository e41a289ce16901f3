// What the API server fills in: https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/apis/core/v1/defaults.go
// and pkg/apis/apps/v1/defaults.go. Setting them on every write keeps a template that is put back equal to the old one.
import { isObject, type JsonObject } from '../codec/json';
import type { Container, Deployment, KubernetesObject, PodSpec, PodTemplate, ReplicaSet } from '../model';

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

function defaultDeployment(deployment: Deployment): Deployment {
  const spec = defaulted(deployment.spec ?? {}, {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  }) as Deployment['spec'];
  const type = spec.strategy?.type ?? 'RollingUpdate';
  const rollingUpdate = defaulted(spec.strategy?.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' });
  const strategy = type === 'RollingUpdate' ? { type, rollingUpdate } : { ...spec.strategy, type };
  return { ...deployment, spec: { ...spec, strategy, template: defaultTemplate(spec.template) } };
}

function defaultReplicaSet(replicaSet: ReplicaSet): ReplicaSet {
  const spec = defaulted(replicaSet.spec ?? {}, { replicas: 1 }) as ReplicaSet['spec'];
  return { ...replicaSet, spec: { ...spec, template: defaultTemplate(spec.template) } };
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

/** An object with everything that the API server would fill in; the given one stays as it is. */
export function withDefaults(object: KubernetesObject): KubernetesObject {
  switch (object.kind) {
    case 'Deployment':
      return defaultDeployment(object as Deployment);
    case 'ReplicaSet':
      return defaultReplicaSet(object as ReplicaSet);
    case 'Pod':
      return defaultPod(object);
    case 'Namespace':
      return {
        ...object,
        metadata: {
          ...object.metadata,
          labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
        },
        spec: object.spec ?? { finalizers: ['kubernetes'] },
        status: object.status ?? { phase: 'Active' },
      };
    default:
      return object;
  }
}
