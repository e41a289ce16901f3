import { days, secret, secretVariable, service } from '../seedWorkloads';
import { released, type Story } from './Story';

const minuteMs = 60_000;

/** Where the todo app's images are. */
export const todoImages = 'ghcr.io/timfbr03/cloud-computing-dski';

/** The todo app, whose last release is stuck, and its neighbour. */
export const todoApp: Story = {
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
