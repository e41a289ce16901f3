import type { Container, Deployment, KubernetesObject } from './model';

/** A release that the story rolls out. */
export interface Release {
  app: 'backend' | 'frontend' | 'caloguessr';
  version: string;
}

interface AppDescription {
  namespace: string;
  partOf: string;
  image: string;
  annotations?: Record<string, string>;
  container: Omit<Container, 'name' | 'image'>;
}

function probe(path: string, port: number, periodSeconds: number) {
  return { httpGet: { path, port }, initialDelaySeconds: 5, periodSeconds };
}

function secretVariable(name: string, secretName: string, key: string) {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key } } };
}

function resources(cpu: string, memory: string, limit: string) {
  return { requests: { cpu, memory }, limits: { memory: limit } };
}

const apps: Record<Release['app'], AppDescription> = {
  backend: {
    namespace: 'microservices',
    partOf: 'todo',
    image: 'ghcr.io/timfbr03/cloud-computing-dski/backend',
    container: {
      ports: [{ name: 'http', containerPort: 3001 }],
      env: [{ name: 'PORT', value: '3001' }, secretVariable('DATABASE_URL', 'todo-database', 'url')],
      resources: resources('50m', '96Mi', '192Mi'),
      readinessProbe: probe('/health', 3001, 10),
      livenessProbe: probe('/health', 3001, 30),
    },
  },
  frontend: {
    namespace: 'microservices',
    partOf: 'todo',
    image: 'ghcr.io/timfbr03/cloud-computing-dski/frontend',
    annotations: { 'leitstand.io/entity-ref': 'component:default/todo-frontend' },
    container: {
      ports: [{ name: 'http', containerPort: 3000 }],
      env: [{ name: 'BACKEND_URL', value: 'http://backend' }],
      resources: resources('20m', '32Mi', '64Mi'),
      readinessProbe: probe('/', 3000, 10),
      livenessProbe: probe('/', 3000, 30),
    },
  },
  caloguessr: {
    namespace: 'caloguessr',
    partOf: 'caloguessr',
    image: 'ghcr.io/timfbr03/caloguessr',
    container: {
      ports: [{ name: 'http', containerPort: 8501 }],
      env: [secretVariable('GEMINI_API_KEY', 'gemini', 'api-key')],
      resources: resources('100m', '256Mi', '512Mi'),
      readinessProbe: probe('/_stcore/health', 8501, 10),
      livenessProbe: probe('/_stcore/health', 8501, 30),
    },
  },
};

function deploymentOf({ app, version }: Release): Deployment {
  const { namespace, partOf, image, annotations, container } = apps[app];
  const labels = { app, 'app.kubernetes.io/name': app, 'app.kubernetes.io/part-of': partOf };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: app,
      namespace,
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { ...annotations, 'kubernetes.io/change-cause': `deploy ${version}` },
    },
    spec: {
      replicas: 2,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: { app } },
      strategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels: { ...labels, 'app.kubernetes.io/version': version } },
        spec: { containers: [{ name: app, image: `${image}:${version}`, ...container }] },
      },
    },
  };
}

function namespaced(
  kind: string,
  namespace: string,
  rest: { name: string } & Record<string, unknown>,
): KubernetesObject {
  const { name, ...fields } = rest;
  return { apiVersion: 'v1', kind, metadata: { name, namespace }, ...fields };
}

function service(app: Release['app'], targetPort: number): KubernetesObject {
  const spec = {
    type: 'ClusterIP',
    selector: { app },
    ports: [{ name: 'http', port: 80, targetPort, protocol: 'TCP' }],
  };
  return namespaced('Service', apps[app].namespace, { name: app, spec });
}

/** A value nobody may read: that it is there is all that the story needs. */
function secret(namespace: string, name: string, key: string): KubernetesObject {
  return namespaced('Secret', namespace, {
    name,
    type: 'Opaque',
    data: { [key]: Buffer.from('homelab').toString('base64') },
  });
}

const surroundings: KubernetesObject[] = [
  ...['microservices', 'caloguessr'].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  ...['microservices', 'caloguessr'].map(namespace => namespaced('ServiceAccount', namespace, { name: 'default' })),
  secret('microservices', 'todo-database', 'url'),
  secret('caloguessr', 'gemini', 'api-key'),
  service('backend', 3001),
  service('frontend', 3000),
  service('caloguessr', 8501),
];

/** The workloads of the todo app and of its neighbour, and what they need around them. */
export const seededDeployments = { deploymentOf, surroundings };
