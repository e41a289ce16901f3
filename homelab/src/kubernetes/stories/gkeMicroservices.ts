import { secret, service } from '../seedWorkloads';
import { monitoringStack } from './monitoringStack';
import { gkeNodes, released, type Story } from './Story';

const weatherPart = { namespace: 'default', partOf: 'weather', replicas: 2 };
const weatherMonitoring = monitoringStack('prometheus');

/** GKE: the weather's services, which predict temperatures with a model in BigQuery. */
export const gkeMicroservices: Story = {
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
      annotations: { 'leitstand.io/entity-ref': 'component:default/weather-backend' },
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
