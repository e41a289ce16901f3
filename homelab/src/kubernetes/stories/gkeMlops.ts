import { configMap, ingress, secret, secretVariable, service, volumeClaim } from '../seedWorkloads';
import { gkeNodes, released, type Story } from './Story';

const mlopsImages = 'gcr.io/mlops-476802';
const trainingPart = { namespace: 'ml', partOf: 'mlops' };
const webPart = { namespace: 'web', partOf: 'mlops', port: 8080, probePath: '/health' };

/** GKE: training in the namespace ml, what uses the models in web. */
export const gkeMlops: Story = {
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
