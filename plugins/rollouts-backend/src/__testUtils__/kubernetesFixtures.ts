import {
  deploymentType,
  podType,
  type Condition,
  type Deployment,
  type KubernetesPod,
} from '../model/kubernetesObjects';

const createdAt = '2026-03-01T08:00:00Z';

/** What a test says about a Deployment; everything else is that of a healthy one with two replicas. */
export interface DeploymentFacts {
  name?: string;
  namespace?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  generation?: number;
  spec?: object;
  status?: object;
  conditions?: Array<Partial<Condition> & { type: string; status: string }>;
}

/** A Deployment as the reflector keeps it. */
export function deploymentOf(facts: DeploymentFacts = {}): Deployment {
  const { name = 'web', namespace = 'shop', generation = 3 } = facts;
  return deploymentType.schema.parse({
    metadata: {
      name,
      namespace,
      uid: `uid-${namespace}-${name}`,
      creationTimestamp: createdAt,
      generation,
      annotations: facts.annotations,
      labels: facts.labels,
    },
    spec: {
      replicas: 2,
      progressDeadlineSeconds: 600,
      template: { spec: { containers: [{ name: 'web', image: 'shop/web:v2' }] } },
      ...facts.spec,
    },
    status: {
      observedGeneration: generation,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      conditions: facts.conditions ?? [{ type: 'Available', status: 'True', lastTransitionTime: createdAt }],
      ...facts.status,
    },
  });
}

/** A running pod as the reflector keeps it; `status` takes the place of what is said there. */
export function podOf(name: string, status: object = {}): KubernetesPod {
  return podType.schema.parse({
    metadata: { name, namespace: 'shop', uid: `uid-${name}`, creationTimestamp: createdAt },
    spec: { nodeName: 'node-1', containers: [{ name: 'web', image: 'shop/web:v2' }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], ...status },
  });
}

/** A pod whose container waits, for example in `ImagePullBackOff`. */
export function waitingPodOf(name: string, reason: string, message = ''): KubernetesPod {
  return podOf(name, {
    phase: 'Pending',
    conditions: [],
    containerStatuses: [{ name: 'web', image: '', state: { waiting: { reason, message } } }],
  });
}
