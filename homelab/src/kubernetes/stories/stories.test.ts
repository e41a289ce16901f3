import { createRandom } from '../../core';
import { createImageRegistry } from '../imageRegistry';
import type { CronJob, Deployment, HorizontalPodAutoscaler, Job, Pod, PodSpec, StatefulSet } from '../model';
import { seedSnapshot, type SeedName } from '../seed';
import { stories } from './stories';
import { workloadObject } from '../seedWorkloads';

const clusters = ['homelab-k3s', 'gke-homelab-microservices', 'gke-mlops-cluster'] as const;

function live(seed: SeedName) {
  const options = { now: Date.UTC(2026, 0, 1, 10), random: createRandom(3), registry: createImageRegistry() };
  return seedSnapshot(seed, options).objects;
}

function namesOf(seed: SeedName, ...kinds: string[]): string[] {
  return live(seed)
    .filter(object => kinds.includes(object.kind))
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    .sort();
}

describe('the stories of the three clusters', () => {
  it('have the workloads of the teams under their own names', () => {
    const workloads = ['Deployment', 'StatefulSet', 'CronJob', 'Job'];
    expect(namesOf('homelab-k3s', ...workloads).filter(name => !/^(monitoring|.*-\d{8}$)/.test(name))).toEqual(
      expect.arrayContaining([
        'big-data/data-ingestion',
        'big-data/minio',
        'big-data/spark-ml-pipeline-job',
        'caloguessr/caloguessr',
        'microservices/backend',
        'microservices/database',
        'microservices/frontend',
        'stream/flink-processor',
        'stream/kafka-controller',
        'stream/kafka-ui',
        'stream/producer',
      ]),
    );
    expect(namesOf('gke-homelab-microservices', 'Deployment').filter(name => name.startsWith('default/'))).toEqual([
      'default/backend-deployment',
      'default/frontend-deployment',
    ]);
    expect(namesOf('gke-mlops-cluster', 'Deployment', 'CronJob')).toEqual([
      'ml/cleanup-job',
      'ml/data-collection',
      'ml/linear-regression',
      'ml/mlflow',
      'web/dbapp',
      'web/mlapp',
      'web/webapp',
    ]);
  });

  it('have one stuck rollout and one crash loop between them', () => {
    const objects = clusters.flatMap(cluster => live(cluster));
    const stuck = (objects.filter(object => object.kind === 'Deployment') as Deployment[]).filter(({ status }) =>
      status?.conditions?.some(({ reason }) => reason === 'ProgressDeadlineExceeded'),
    );
    expect(stuck.map(({ metadata }) => metadata.name)).toEqual(['backend']);
    const waiting = (objects.filter(object => object.kind === 'Pod') as Pod[]).flatMap(({ metadata, status }) =>
      (status.containerStatuses ?? []).map(({ state, lastState }) => ({
        app: metadata.labels?.app,
        reason: state.waiting?.reason,
        exitCode: lastState.terminated?.exitCode,
      })),
    );
    expect(waiting.filter(({ reason }) => reason !== undefined)).toEqual([
      { app: 'flink-processor', reason: 'CrashLoopBackOff', exitCode: 1 },
      { app: 'backend', reason: 'ImagePullBackOff', exitCode: undefined },
    ]);
  });

  it('have Kafka with three brokers, and an autoscaler at rest', () => {
    const objects = live('homelab-k3s');
    const kafka = objects.find(({ metadata }) => metadata.name === 'kafka-controller') as StatefulSet;
    expect(kafka.status).toMatchObject({ replicas: 3, readyReplicas: 3 });
    const scaler = objects.find(({ kind }) => kind === 'HorizontalPodAutoscaler') as HorizontalPodAutoscaler;
    expect(scaler.spec).toMatchObject({ minReplicas: 2, maxReplicas: 10 });
    expect(scaler.status).toMatchObject({ currentReplicas: 2, desiredReplicas: 2 });
  });

  it('have cron jobs whose last job ended well, after one that failed', () => {
    const objects = live('gke-mlops-cluster');
    const cronJobs = objects.filter(object => object.kind === 'CronJob') as CronJob[];
    expect(cronJobs.every(({ status }) => status?.lastSuccessfulTime !== undefined)).toBe(true);
    const failed = (objects.filter(object => object.kind === 'Job') as Job[]).filter(job => job.status?.failed);
    expect(failed.map(job => job.metadata.ownerReferences?.[0].name)).toEqual(['cleanup-job']);
  });

  it.each(clusters)('%s: only images that are there, except for the one that is stuck; no moving tags', cluster => {
    const registry = createImageRegistry();
    const missing = stories[cluster].workloads.flatMap(workload =>
      workload.releases
        .map(release => `${workload.repository}:${release.tag}`)
        .filter(image => !registry(image) || image.endsWith(':latest')),
    );
    const stuck = ['ghcr.io/timfbr03/cloud-computing-dski/backend:v1.6.0'];
    expect(missing).toEqual(cluster === 'homelab-k3s' ? stuck : []);
  });

  it.each(clusters)('%s: no password stands in a workload', cluster => {
    for (const workload of stories[cluster].workloads) {
      const { spec } = workloadObject(workload, workload.releases[0].tag) as {
        spec: { template?: { spec: PodSpec }; jobTemplate?: { spec: { template: { spec: PodSpec } } } };
      };
      const pod = spec.template?.spec ?? spec.jobTemplate?.spec.template.spec;
      const variables = (pod?.containers[0].env ?? []) as { name: string; value?: string }[];
      const isSecret = /PASSWORD|KEY|SECRET|URI|URL$/;
      const plain = variables.filter(({ name, value }) => value && isSecret.test(name) && !value.startsWith('http'));
      expect(plain).toEqual([]);
    }
  });
});
