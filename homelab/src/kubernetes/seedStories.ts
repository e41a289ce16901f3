import type { KubernetesObject } from './model';
import type { NodeDescription } from './seedNodes';
import {
  autoscaler,
  configMap,
  days,
  ingress,
  secret,
  secretVariable,
  service,
  volumeClaim,
  type WorkloadDescription,
} from './seedWorkloads';

/** What a cluster consists of and how it came to be. */
export interface Story {
  nodes: NodeDescription[];
  namespaces: string[];
  workloads: WorkloadDescription[];
  /** There from the beginning. */
  surroundings: KubernetesObject[];
  /** There only since half an hour: they are looked at every few seconds. */
  autoscalers: KubernetesObject[];
}

const minuteMs = 60_000;

/** Releases by how many days ago they were rolled out. */
function released(...releases: [agoDays: number, tag: string][]): WorkloadDescription['releases'] {
  return releases.map(([agoDays, tag]) => ({ agoMs: days(agoDays), tag }));
}

function gkeNodes(cluster: string, hash: string): NodeDescription[] {
  return ['h4k2', 'q9x7'].map((suffix, index) => ({
    name: `gke-${cluster}-default-pool-${hash}-${suffix}`,
    ip: `10.132.0.${index + 11}`,
    isControlPlane: false,
    platform: 'gke',
  }));
}

const todoImages = 'ghcr.io/timfbr03/cloud-computing-dski';
const todoApp: Story = {
  nodes: [
    { name: 'k3s-5f2a91c3-server', ip: '10.50.15.21', isControlPlane: true },
    { name: 'k3s-5f2a91c3-agent-1', ip: '10.50.15.22', isControlPlane: false },
    { name: 'k3s-5f2a91c3-agent-2', ip: '10.50.15.23', isControlPlane: false },
  ],
  namespaces: ['microservices', 'caloguessr'],
  workloads: [
    {
      namespace: 'caloguessr',
      name: 'caloguessr',
      partOf: 'caloguessr',
      repository: 'ghcr.io/timfbr03/caloguessr',
      releases: released([34, 'v1.0'], [11, 'v1.1']),
      replicas: 2,
      resources: ['100m', '256Mi', '512Mi'],
      port: 8501,
      probePath: '/_stcore/health',
      env: [secretVariable('GEMINI_API_KEY', 'gemini', 'api-key')],
    },
    {
      namespace: 'microservices',
      name: 'backend',
      partOf: 'todo',
      repository: `${todoImages}/backend`,
      releases: [
        ...released([30, 'v1.0.0'], [19, 'v1.1.0'], [6, 'v1.5.2']),
        // Nobody pushed this image: the rollout is stuck.
        { agoMs: 20 * minuteMs, tag: 'v1.6.0' },
      ],
      replicas: 2,
      resources: ['50m', '96Mi', '192Mi'],
      port: 3001,
      probePath: '/health',
      env: [{ name: 'PORT', value: '3001' }, secretVariable('DATABASE_URL', 'todo-database', 'url')],
    },
    {
      namespace: 'microservices',
      name: 'frontend',
      partOf: 'todo',
      repository: `${todoImages}/frontend`,
      releases: [
        { agoMs: days(30) - 4 * minuteMs, tag: 'v1.1.0' },
        { agoMs: days(6) - 7 * minuteMs, tag: 'v1.5.2' },
      ],
      replicas: 2,
      resources: ['20m', '32Mi', '64Mi'],
      port: 3000,
      probePath: '/',
      env: [{ name: 'BACKEND_URL', value: 'http://backend' }],
      annotations: { 'leitstand.io/entity-ref': 'component:default/todo-frontend' },
    },
  ],
  surroundings: [
    secret(['microservices', 'todo-database'], 'url', 'password'),
    secret(['caloguessr', 'gemini'], 'api-key'),
    service(['microservices', 'backend'], { targetPort: 3001 }),
    service(['microservices', 'frontend'], { targetPort: 3000 }),
    service(['caloguessr', 'caloguessr'], { targetPort: 8501, nodePort: 30_001 }),
  ],
  autoscalers: [],
};

/** The exporters, operators and servers of the chart kube-prometheus-stack under a release name. */
function monitoringStack(release: string, grafanaPort?: number): Pick<Story, 'workloads' | 'surroundings'> {
  const part = { namespace: 'monitoring', partOf: 'monitoring' };
  const prometheus = `prometheus-${release}-kube-prometheus-prometheus`;
  return {
    workloads: [
      {
        ...part,
        name: `${release}-grafana`,
        app: 'grafana',
        repository: 'docker.io/grafana/grafana',
        releases: released([33, '11.4.0'], [9, '11.6.0']),
        resources: ['100m', '128Mi', '256Mi'],
        port: 3000,
        probePath: '/api/health',
        env: [secretVariable('GF_SECURITY_ADMIN_PASSWORD', 'grafana-admin', 'password')],
      },
      {
        ...part,
        kind: 'StatefulSet',
        name: prometheus,
        app: 'prometheus',
        repository: 'quay.io/prometheus/prometheus',
        releases: released([33, 'v3.1.0'], [9, 'v3.2.1']),
        resources: ['200m', '512Mi', '1Gi'],
        port: 9090,
        probePath: '/-/ready',
      },
      {
        ...part,
        kind: 'DaemonSet',
        name: `${release}-prometheus-node-exporter`,
        app: 'node-exporter',
        repository: 'quay.io/prometheus/node-exporter',
        releases: released([33, 'v1.9.0']),
        resources: ['20m', '24Mi', '64Mi'],
        port: 9100,
      },
      {
        ...part,
        name: `${release}-kube-prometheus-operator`,
        repository: 'quay.io/prometheus-operator/prometheus-operator',
        releases: released([33, 'v0.81.0']),
      },
      {
        ...part,
        name: `${release}-kube-state-metrics`,
        repository: 'registry.k8s.io/kube-state-metrics/kube-state-metrics',
        releases: released([33, 'v2.15.0']),
      },
    ],
    surroundings: [
      secret(['monitoring', 'grafana-admin'], 'password'),
      service(['monitoring', `${release}-grafana`], { app: 'grafana', targetPort: 3000, nodePort: grafanaPort }),
      service(['monitoring', `${release}-kube-prometheus-prometheus`], {
        app: 'prometheus',
        port: 9090,
        targetPort: 9090,
      }),
    ],
  };
}

const k3sMonitoring = monitoringStack('monitoring', 30_090);
const streamPart = { namespace: 'stream', partOf: 'stream' };
const lakePart = { namespace: 'big-data', partOf: 'big-data' };
const bootstrap = { name: 'KAFKA_BOOTSTRAP', value: 'kafka.stream.svc.cluster.local:9092' };
const minioAccess = ['access-key', 'secret-key'].map(key =>
  secretVariable(`MINIO_${key.toUpperCase().replace('-', '_')}`, 'minio-credentials', key),
);

const homelabK3s: Story = {
  nodes: todoApp.nodes,
  namespaces: [...todoApp.namespaces, 'stream', 'big-data', 'monitoring'],
  workloads: [
    ...todoApp.workloads,
    {
      namespace: 'microservices',
      name: 'database',
      partOf: 'todo',
      repository: `${todoImages}/database`,
      releases: released([30, 'v1.0.0'], [19, 'v1.1.0']),
      resources: ['100m', '256Mi', '512Mi'],
      port: 5432,
      env: [secretVariable('POSTGRES_PASSWORD', 'todo-database', 'password')],
      isRecreated: true,
    },
    {
      ...streamPart,
      kind: 'StatefulSet',
      name: 'kafka-controller',
      app: 'kafka',
      repository: 'docker.io/bitnami/kafka',
      releases: released([28, '3.9.0'], [12, '4.0.0']),
      replicas: 3,
      resources: ['250m', '512Mi', '1Gi'],
      port: 9092,
    },
    {
      ...streamPart,
      name: 'producer',
      repository: 'ghcr.io/timfbr03/stream-producer',
      releases: released([28, 'v1.0.0'], [15, 'v1.1.0']),
      env: [bootstrap, { name: 'TOPIC', value: 'events' }],
    },
    {
      ...streamPart,
      name: 'flink-processor',
      component: 'stream-processor',
      repository: 'ghcr.io/timfbr03/flink-processor',
      // The last release ends with an error a few seconds after each start.
      releases: [...released([27, 'v0.1.0'], [14, 'v0.2.0']), { agoMs: 130 * minuteMs, tag: 'v0.3.0' }],
      resources: ['200m', '512Mi', '1Gi'],
      env: [bootstrap],
      isRecreated: true,
    },
    {
      ...streamPart,
      name: 'kafka-ui',
      repository: 'docker.io/provectuslabs/kafka-ui',
      releases: released([27, 'v0.7.2']),
      port: 8080,
      probePath: '/actuator/health',
    },
    {
      ...lakePart,
      name: 'minio',
      repository: 'quay.io/minio/minio',
      releases: released([26, 'RELEASE.2024-11-07T00-52-20Z'], [8, 'RELEASE.2025-04-22T22-12-26Z']),
      resources: ['100m', '256Mi', '1Gi'],
      port: 9000,
      probePath: '/minio/health/ready',
      env: minioAccess,
      isRecreated: true,
    },
    {
      ...lakePart,
      kind: 'CronJob',
      name: 'data-ingestion',
      repository: 'ghcr.io/timfbr03/data-ingestion',
      releases: released([7, 'v1.0.0'], [3, 'v1.1.0']),
      schedule: '30 2 * * *',
      env: minioAccess,
    },
    {
      ...lakePart,
      kind: 'Job',
      name: 'spark-ml-pipeline-job',
      repository: 'ghcr.io/timfbr03/spark-ml-pipeline',
      releases: released([3, 'v1.0.0']),
      resources: ['500m', '1Gi', '2Gi'],
      env: minioAccess,
    },
    ...k3sMonitoring.workloads,
  ],
  surroundings: [
    ...todoApp.surroundings,
    ...k3sMonitoring.surroundings,
    service(['microservices', 'database'], { port: 5432, targetPort: 5432 }),
    service(['stream', 'kafka'], { port: 9092, targetPort: 9092 }),
    service(['stream', 'kafka-ui'], { targetPort: 8080, nodePort: 30_902 }),
    service(['big-data', 'minio'], { port: 9000, targetPort: 9000, nodePort: 30_900 }),
    secret(['big-data', 'minio-credentials'], 'access-key', 'secret-key'),
    volumeClaim(['big-data', 'minio-data'], '20Gi'),
    ingress(['microservices', 'todo-ingress'], {
      className: 'nginx',
      ips: todoApp.nodes.map(node => node.ip),
      routes: { '/api': 'backend', '/': 'frontend' },
    }),
  ],
  autoscalers: [autoscaler(['caloguessr', 'caloguessr'], { min: 2, max: 10, cpuPercent: 10 })],
};

const weatherPart = { namespace: 'default', partOf: 'weather', replicas: 2 };
const weatherMonitoring = monitoringStack('prometheus');

const gkeMicroservices: Story = {
  nodes: gkeNodes('homelab-microservices', '7c1d20be'),
  namespaces: ['monitoring'],
  workloads: [
    {
      ...weatherPart,
      name: 'backend-deployment',
      app: 'backend',
      repository: 'gcr.io/homelab-lamp/backend',
      releases: released([31, 'v1'], [24, 'v2'], [16, 'v3'], [5, 'v4']),
      port: 3001,
      probePath: '/health',
      env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/app/key.json' }],
    },
    {
      ...weatherPart,
      name: 'frontend-deployment',
      app: 'frontend',
      repository: 'gcr.io/homelab-lamp/frontend',
      releases: released([31, 'v1'], [16, 'v2']),
      port: 3000,
      probePath: '/health',
    },
    ...weatherMonitoring.workloads,
  ],
  surroundings: [
    ...weatherMonitoring.surroundings,
    secret(['default', 'bigquery-key'], 'key.json'),
    service(['default', 'backend-service'], { app: 'backend', port: 3001, targetPort: 3001 }),
    service(['default', 'frontend-service'], { app: 'frontend', targetPort: 3000, ip: '203.0.113.24' }),
  ],
  autoscalers: [],
};

const mlopsImages = 'gcr.io/mlops-476802';
const trainingPart = { namespace: 'ml', partOf: 'mlops' };
const webPart = { namespace: 'web', partOf: 'mlops', port: 8080, probePath: '/health' };

const gkeMlops: Story = {
  nodes: gkeNodes('mlops-cluster', 'e03b9a54'),
  namespaces: ['ml', 'web'],
  workloads: [
    {
      ...trainingPart,
      name: 'mlflow',
      repository: `${mlopsImages}/mlflow-server`,
      releases: released([29, 'v1'], [13, 'v2']),
      resources: ['100m', '256Mi', '512Mi'],
      port: 5000,
      probePath: '/health',
      env: [secretVariable('POSTGRESQL_URI', 'secrets-1', 'POSTGRESQL_URI')],
    },
    {
      ...trainingPart,
      kind: 'CronJob',
      name: 'data-collection',
      repository: `${mlopsImages}/data-collection`,
      releases: released([6, 'v1'], [4, 'v2']),
      schedule: '0 */6 * * *',
      env: [secretVariable('MONGO_URI', 'secrets-1', 'MONGO_URI')],
    },
    {
      ...trainingPart,
      kind: 'CronJob',
      name: 'linear-regression',
      repository: `${mlopsImages}/linear-regression`,
      releases: released([6, 'v1'], [4, 'v2']),
      schedule: '0 3 * * *',
      resources: ['500m', '512Mi', '1Gi'],
    },
    {
      ...trainingPart,
      kind: 'CronJob',
      name: 'cleanup-job',
      repository: `${mlopsImages}/cleaner`,
      // The first release may not delete anything, and its last job failed.
      releases: released([6, 'v1'], [2, 'v2']),
      schedule: '0 0 * * *',
    },
    {
      ...webPart,
      name: 'webapp',
      repository: `${mlopsImages}/webapp`,
      releases: released([28, 'v1'], [17, 'v2'], [4, 'v3']),
      replicas: 3,
    },
    {
      ...webPart,
      name: 'mlapp',
      repository: `${mlopsImages}/mlapp`,
      releases: released([28, 'v1'], [10, 'v2']),
      replicas: 2,
      resources: ['200m', '256Mi', '512Mi'],
    },
    {
      ...webPart,
      name: 'dbapp',
      repository: `${mlopsImages}/dbapp`,
      releases: released([28, 'v1'], [17, 'v2']),
      replicas: 2,
      env: [secretVariable('MONGO_URI', 'secrets-2', 'MONGO_URI')],
    },
  ],
  surroundings: [
    secret(['ml', 'secrets-1'], 'MONGO_URI', 'POSTGRESQL_URI'),
    secret(['web', 'secrets-2'], 'MONGO_URI'),
    configMap(['ml', 'configmap-1'], { BATCH_SIZE: '64', TRAIN_TEST_SPLIT: '0.2' }),
    configMap(['web', 'configmap-2'], { MLFLOW_URI: 'http://mlflow.ml.svc.cluster.local' }),
    volumeClaim(['web', 'app-storage'], '1Gi'),
    service(['ml', 'mlflow'], { targetPort: 5000 }),
    service(['web', 'webapp'], { targetPort: 8080 }),
    service(['web', 'mlapp'], { targetPort: 8080 }),
    service(['web', 'dbapp'], { targetPort: 8080 }),
    ingress(['ml', 'mlflow-ingress'], {
      className: 'nginx',
      host: 'mlflow.homelab.example',
      ips: ['203.0.113.40'],
      routes: { '/': 'mlflow' },
    }),
    ingress(['web', 'webapp-ingress'], {
      className: 'gce',
      host: 'webapp.homelab.example',
      ips: ['203.0.113.41'],
      routes: { '/': 'webapp' },
    }),
  ],
  autoscalers: [],
};

const nodesOnly: Story = { ...todoApp, namespaces: [], workloads: [], surroundings: [] };

/** The stories by name: three clusters, a small part of the first one for tests, and one where nothing runs. */
export const stories = {
  'homelab-k3s': homelabK3s,
  'gke-homelab-microservices': gkeMicroservices,
  'gke-mlops-cluster': gkeMlops,
  'todo-app': todoApp,
  empty: nodesOnly,
} satisfies Record<string, Story>;
