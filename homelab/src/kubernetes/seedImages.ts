import type { ImageBehaviour } from './imageRegistry';

/** Tags of one repository that behave alike. */
export interface SeededImage extends Partial<ImageBehaviour> {
  /** With its registry. */
  repository: string;
  tags: string[];
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** A process that does its work and ends. */
function batch(seconds: number, ...ends: string[]): Partial<ImageBehaviour> {
  return { exit: { code: 0, afterMs: seconds * secondMs }, ends };
}

const todo = 'ghcr.io/timfbr03/cloud-computing-dski';
const weather = 'gcr.io/homelab-lamp';
const mlops = 'gcr.io/mlops-476802';
const probes = { everyMs: minuteMs, lines: ['GET /health 200 2 ms', 'GET /health 200 1 ms', 'GET /metrics 200 4 ms'] };

/** Everything that the homelab's nodes can pull; anything else fails as a missing image does. */
export const seededImages: SeededImage[] = [
  {
    repository: `${todo}/backend`,
    tags: ['v1.0.0', 'v1.1.0', 'v1.5.2'],
    starts: ['connected to PostgreSQL at database:5432', 'backend listens on port 3001'],
    beats: probes,
  },
  {
    repository: `${todo}/frontend`,
    tags: ['v1.1.0', 'v1.5.2'],
    starts: ['Configuration complete; ready for start up'],
    beats: probes,
  },
  {
    repository: `${todo}/database`,
    tags: ['v1.0.0', 'v1.1.0'],
    starts: ['listening on IPv4 address "0.0.0.0", port 5432', 'database system is ready to accept connections'],
    beats: {
      everyMs: 5 * minuteMs,
      lines: ['checkpoint starting: time', 'checkpoint complete: wrote 42 buffers (0.3%)'],
    },
  },
  {
    repository: 'ghcr.io/timfbr03/caloguessr',
    tags: ['v1.0', 'v1.1'],
    starts: ['You can now view your Streamlit app in your browser.', 'URL: http://0.0.0.0:8501'],
  },
  {
    repository: 'ghcr.io/timfbr03/stream-producer',
    tags: ['v1.0.0', 'v1.1.0'],
    starts: ['bootstrap kafka.stream.svc.cluster.local:9092, topic events'],
    beats: { everyMs: 10 * secondMs, lines: ['sent 100 events, batch {n}'] },
  },
  {
    repository: 'ghcr.io/timfbr03/flink-processor',
    tags: ['v0.1.0', 'v0.2.0'],
    starts: ['job sensor-avg, parallelism 3', 'source kafka: topic events, group flink-consumer'],
    beats: { everyMs: 30 * secondMs, lines: ['checkpoint {n} completed', 'window of 20 written to results'] },
  },
  {
    repository: 'ghcr.io/timfbr03/flink-processor',
    tags: ['v0.3.0'],
    exit: { code: 1, afterMs: 4 * secondMs },
    starts: ['job sensor-avg, parallelism 3', 'source kafka: topic events, group flink-consumer'],
    beats: { everyMs: secondMs, lines: ['window of 20 read from events'] },
    ends: [
      'Traceback (most recent call last):',
      '  File "/opt/job/job.py", line 36, in reduce',
      '    cnt = a[2] + b[2]',
      'IndexError: tuple index out of range: AvgReduce needs (sensor, value, count), but the map step gives (sensor, value)',
    ],
  },
  {
    repository: 'docker.io/bitnami/kafka',
    tags: ['3.9.0', '4.0.0'],
    starts: ['Kafka Server started', 'Transition from STARTING to STARTED'],
    beats: { everyMs: 5 * minuteMs, lines: ['Wrote producer snapshot at offset {n}000 (events-0)'] },
  },
  {
    repository: 'docker.io/provectuslabs/kafka-ui',
    tags: ['v0.7.2'],
    starts: ['Started KafkaUiApplication in 6.1 seconds'],
  },
  {
    repository: 'quay.io/minio/minio',
    tags: ['RELEASE.2024-11-07T00-52-20Z', 'RELEASE.2025-04-22T22-12-26Z'],
    starts: ['API: http://0.0.0.0:9000', 'WebUI: http://0.0.0.0:9001'],
  },
  {
    repository: 'ghcr.io/timfbr03/data-ingestion',
    tags: ['v1.0.0', 'v1.1.0'],
    starts: ['generating 50,000 food samples'],
    ...batch(40, 'uploaded raw-data/food_samples.parquet (50,000 rows)', 'done'),
  },
  {
    repository: 'ghcr.io/timfbr03/spark-ml-pipeline',
    tags: ['v1.0.0'],
    starts: ['Running Spark version 3.5.5', 'reading s3a://raw-data/food_samples.parquet'],
    ...batch(180, 'RandomForestRegressor: rmse 38.2, r2 0.91', 'model written to s3a://processed-data/calorie-model'),
  },
  {
    repository: 'docker.io/grafana/grafana',
    tags: ['11.4.0', '11.6.0'],
    starts: ['HTTP Server Listen address=[::]:3000'],
  },
  {
    repository: 'quay.io/prometheus/prometheus',
    tags: ['v3.1.0', 'v3.2.1'],
    starts: ['Server is ready to receive web requests.'],
    beats: { everyMs: 120 * minuteMs, lines: ['write block completed: mint={n}', 'head GC completed'] },
  },
  { repository: 'quay.io/prometheus/alertmanager', tags: ['v0.28.1'], starts: ['Listening on address=[::]:9093'] },
  { repository: 'quay.io/prometheus/node-exporter', tags: ['v1.9.0'], starts: ['Listening on address=[::]:9100'] },
  { repository: 'quay.io/prometheus-operator/prometheus-operator', tags: ['v0.81.0'] },
  { repository: 'registry.k8s.io/kube-state-metrics/kube-state-metrics', tags: ['v2.15.0'] },
  {
    repository: 'registry.k8s.io/ingress-nginx/controller',
    tags: ['v1.8.1'],
    starts: ['Starting NGINX Ingress controller'],
  },
  {
    repository: `${weather}/backend`,
    tags: ['v1', 'v2', 'v3', 'v4'],
    starts: ['Backend on port 3001'],
    beats: probes,
  },
  { repository: `${weather}/frontend`, tags: ['v1', 'v2'], starts: ['Frontend on port 3000'], beats: probes },
  {
    repository: `${mlops}/mlflow-server`,
    tags: ['v1', 'v2'],
    starts: ['INFO: Uvicorn running on http://0.0.0.0:5000', 'artifact store gs://bucket-3'],
  },
  ...['webapp', 'mlapp', 'dbapp'].map(app => ({
    repository: `${mlops}/${app}`,
    tags: ['v1', 'v2', 'v3'],
    starts: [`INFO: ${app} started`, 'INFO: Application startup complete.'],
    beats: probes,
  })),
  {
    repository: `${mlops}/data-collection`,
    tags: ['v1', 'v2'],
    starts: ['reading new rows from bucket-1 and COLLECTION_1'],
    ...batch(30, 'dataset version written to bucket-2', 'done'),
  },
  {
    repository: `${mlops}/linear-regression`,
    tags: ['v1', 'v2'],
    starts: ['training on the latest dataset version of bucket-2'],
    ...batch(90, 'rmse 4213.7', 'registered linear_regression in MLflow'),
  },
  {
    repository: `${mlops}/cleaner`,
    tags: ['v2'],
    starts: ['deleting artifacts older than 30 days'],
    ...batch(5, 'deleted 12 objects of bucket-3'),
  },
  {
    repository: `${mlops}/cleaner`,
    tags: ['v1'],
    starts: ['deleting artifacts older than 30 days'],
    exit: { code: 2, afterMs: 5 * secondMs },
    ends: [
      'google.api_core.exceptions.Forbidden: 403 ml-service-account does not have storage.objects.delete access to bucket-3',
    ],
  },
  { repository: 'registry.k8s.io/pause', tags: ['3.8', '3.9', '3.10'] },
  { repository: 'docker.io/library/nginx', tags: ['1.26', '1.27', '1.28'] },
];
