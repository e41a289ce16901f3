import { autoscaler, ingress, secret, secretVariable, service, volumeClaim } from '../seedWorkloads';
import { monitoringStack } from './monitoringStack';
import { released, type Story } from './Story';
import { todoApp, todoImages } from './todoApp';

const minuteMs = 60_000;
const k3sMonitoring = monitoringStack('monitoring', 30_090);
const streamPart = { namespace: 'stream', partOf: 'stream' };
const lakePart = { namespace: 'big-data', partOf: 'big-data' };
const bootstrap = { name: 'KAFKA_BOOTSTRAP', value: 'kafka.stream.svc.cluster.local:9092' };
const minioAccess = ['access-key', 'secret-key'].map(key =>
  secretVariable(`MINIO_${key.toUpperCase().replace('-', '_')}`, 'minio-credentials', key),
);

/** k3s on OpenStack: applications, the sensor stream, the data lake and monitoring. */
export const homelabK3s: Story = {
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
