// How the seeds' workloads and what stands around them are written down, in the words of the teams' Helm charts.
import type { Container, KubernetesObject, ObjectMeta } from './model';

/** A workload with its releases. */
export interface WorkloadDescription {
  /** `Deployment` by default. */
  kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job';
  namespace: string;
  name: string;
  /** Name of the container and label `app`; the workload's name by default. */
  app?: string;
  /** Name of the system that it is a part of. */
  partOf: string;
  repository: string;
  /** When each tag was rolled out, oldest first. */
  releases: { agoMs: number; tag: string }[];
  /** 1 by default. */
  replicas?: number;
  /** Requested CPU, requested memory, memory limit. */
  resources?: [cpu: string, memory: string, limit: string];
  port?: number;
  /** Path of its probes, which it has none of without. */
  probePath?: string;
  env?: object[];
  annotations?: Record<string, string>;
  /** Its role, for the label `app.kubernetes.io/component`. */
  component?: string;
  /** One pod ends before the next one starts. */
  isRecreated?: boolean;
  /** Of a CronJob. */
  schedule?: string;
}

/** Milliseconds of so many days. */
export const days = (count: number) => count * 24 * 60 * 60_000;

export function secretVariable(name: string, secretName: string, key: string) {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key } } };
}

function probe(path: string, port: number, periodSeconds: number) {
  return { httpGet: { path, port }, initialDelaySeconds: 5, periodSeconds };
}

function containerOf(workload: WorkloadDescription, tag: string): Container {
  const { name, app = name, port, probePath, env, repository } = workload;
  const [cpu, memory, limit] = workload.resources ?? ['50m', '64Mi', '128Mi'];
  return {
    name: app,
    image: `${repository}:${tag}`,
    ...(port && { ports: [{ name: 'http', containerPort: port }] }),
    ...(env && { env }),
    resources: { requests: { cpu, memory }, limits: { memory: limit } },
    ...(port && probePath && { readinessProbe: probe(probePath, port, 10), livenessProbe: probe(probePath, port, 30) }),
  };
}

function specOf(workload: WorkloadDescription, tag: string, labels: Record<string, string>): object {
  const { name, app = name, kind = 'Deployment', replicas = 1, schedule } = workload;
  const isBatch = kind === 'Job' || kind === 'CronJob';
  const template = {
    metadata: { labels: { ...labels, 'app.kubernetes.io/version': tag } },
    spec: { containers: [containerOf(workload, tag)], ...(isBatch && { restartPolicy: 'Never' }) },
  };
  const selector = { matchLabels: { app } };
  switch (kind) {
    case 'Deployment':
      return {
        replicas,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        selector,
        strategy: { type: workload.isRecreated ? 'Recreate' : 'RollingUpdate' },
        template,
      };
    case 'StatefulSet':
      return { replicas, serviceName: `${name}-headless`, podManagementPolicy: 'Parallel', selector, template };
    case 'DaemonSet':
      return { selector, template };
    case 'Job':
      return { backoffLimit: 1, template };
    case 'CronJob':
      return { schedule, concurrencyPolicy: 'Forbid', jobTemplate: { spec: { backoffLimit: 0, template } } };
    default:
      throw kind satisfies never;
  }
}

/** A workload as a release of it is applied. */
export function workloadObject(workload: WorkloadDescription, tag: string): KubernetesObject {
  const { namespace, name, app = name, partOf, kind = 'Deployment', component, annotations } = workload;
  const labels = {
    app,
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/part-of': partOf,
    ...(component && { 'app.kubernetes.io/component': component }),
  };
  return {
    apiVersion: kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: {
      name,
      namespace,
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { ...annotations, 'kubernetes.io/change-cause': `deploy ${tag}` },
    },
    spec: specOf(workload, tag, labels),
  };
}

type Place = [namespace: string, name: string];

function object(apiVersion: string, kind: string, rest: Partial<ObjectMeta> & Record<string, unknown>) {
  const { name = '', namespace, annotations, ...fields } = rest;
  return { apiVersion, kind, metadata: { name, namespace, annotations }, ...fields } as KubernetesObject;
}

/** How a service is reached; port 80 by default. */
export interface ServiceDescription {
  /** Value of the label `app` of its pods; the service's name by default. */
  app?: string;
  targetPort: number;
  port?: number;
  /** Makes it a NodePort. */
  nodePort?: number;
  /** Makes it a LoadBalancer with this address. */
  ip?: string;
}

export function service([namespace, name]: Place, description: ServiceDescription): KubernetesObject {
  const { app = name, port = 80, targetPort, nodePort, ip } = description;
  const ports = [{ name: 'http', port, targetPort, protocol: 'TCP', ...(nodePort && { nodePort }) }];
  const type = nodePort ? 'NodePort' : 'ClusterIP';
  return object('v1', 'Service', {
    namespace,
    name,
    spec: { type: ip ? 'LoadBalancer' : type, selector: { app }, ports },
    ...(ip && { status: { loadBalancer: { ingress: [{ ip }] } } }),
  });
}

/** Routes of one host, or of every host, by path prefix to the port 80 of services; `ips` is where it is reached. */
export function ingress(
  [namespace, name]: Place,
  options: { className: string; host?: string; ips: string[]; routes: Record<string, string> },
): KubernetesObject {
  const { className, host, ips, routes } = options;
  const paths = Object.entries(routes).map(([path, target]) => ({
    path,
    pathType: 'Prefix',
    backend: { service: { name: target, port: { number: 80 } } },
  }));
  const spec = { ingressClassName: className, rules: [{ ...(host && { host }), http: { paths } }] };
  const status = { loadBalancer: { ingress: ips.map(ip => ({ ip })) } };
  return object('networking.k8s.io/v1', 'Ingress', { namespace, name, spec, status });
}

/** Scales a Deployment of the same name by its CPU. */
export function autoscaler(
  [namespace, name]: Place,
  { min, max, cpuPercent }: { min: number; max: number; cpuPercent: number },
): KubernetesObject {
  const target = { type: 'Utilization', averageUtilization: cpuPercent };
  return object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    namespace,
    name: `${name}-hpa`,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
    },
  });
}

/** Values nobody may read: that they are there is all that the story needs. */
export function secret([namespace, name]: Place, ...keys: string[]): KubernetesObject {
  const data = Object.fromEntries(keys.map(key => [key, Buffer.from('homelab').toString('base64')]));
  return object('v1', 'Secret', { namespace, name, type: 'Opaque', data });
}

export function configMap([namespace, name]: Place, data: Record<string, string>): KubernetesObject {
  return object('v1', 'ConfigMap', { namespace, name, data });
}

export function volumeClaim([namespace, name]: Place, storage: string): KubernetesObject {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } };
  return object('v1', 'PersistentVolumeClaim', { namespace, name, spec });
}
