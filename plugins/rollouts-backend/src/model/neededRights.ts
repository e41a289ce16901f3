import {
  DELETE_POD_OPERATION,
  PAUSE_OPERATION,
  RESTART_OPERATION,
  RESUME_OPERATION,
  ROLLBACK_OPERATION,
  RUN_CRON_JOB_OPERATION,
  SCALE_OPERATION,
  SET_IMAGE_OPERATION,
  SUSPEND_CRON_JOB_OPERATION,
} from '@leitstand/plugin-rollouts-common';

/** One right on a cluster and the part of the portal that needs it. */
export interface NeededRight {
  verb: string;
  /** Empty for the core group. */
  group: string;
  /** With its subresource, for example `pods/log`. */
  resource: string;
  neededFor: string;
}

interface Need {
  neededFor: string;
  verbs: readonly string[];
  /** `deployments.apps`, or `pods` for the core group. */
  resources: readonly string[];
}

const reading: readonly Need[] = [
  {
    neededFor: 'catalogue',
    verbs: ['list', 'watch'],
    resources: ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'cronjobs.batch'],
  },
  {
    neededFor: 'pages',
    verbs: ['list', 'watch'],
    resources: [
      'pods',
      'events',
      'replicasets.apps',
      'jobs.batch',
      'services',
      'endpointslices.discovery.k8s.io',
      'ingresses.networking.k8s.io',
      'horizontalpodautoscalers.autoscaling',
      'nodes',
      'namespaces',
    ],
  },
  { neededFor: 'metrics', verbs: ['list'], resources: ['nodes.metrics.k8s.io', 'pods.metrics.k8s.io'] },
  { neededFor: 'logs', verbs: ['get'], resources: ['pods/log'] },
];

const templates = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'];

const operating: readonly Need[] = [
  { neededFor: ROLLBACK_OPERATION, verbs: ['get', 'patch'], resources: ['deployments.apps'] },
  { neededFor: ROLLBACK_OPERATION, verbs: ['get', 'list'], resources: ['replicasets.apps'] },
  { neededFor: RESTART_OPERATION, verbs: ['get', 'patch'], resources: templates },
  { neededFor: SET_IMAGE_OPERATION, verbs: ['get', 'patch'], resources: templates },
  { neededFor: PAUSE_OPERATION, verbs: ['get', 'patch'], resources: ['deployments.apps'] },
  { neededFor: RESUME_OPERATION, verbs: ['get', 'patch'], resources: ['deployments.apps'] },
  { neededFor: SCALE_OPERATION, verbs: ['get'], resources: ['deployments.apps', 'statefulsets.apps'] },
  { neededFor: SCALE_OPERATION, verbs: ['patch'], resources: ['deployments/scale.apps', 'statefulsets/scale.apps'] },
  {
    neededFor: SCALE_OPERATION,
    verbs: ['get', 'list', 'patch'],
    resources: ['horizontalpodautoscalers.autoscaling'],
  },
  {
    neededFor: SCALE_OPERATION,
    verbs: ['list'],
    resources: ['services', 'endpointslices.discovery.k8s.io', 'ingresses.networking.k8s.io'],
  },
  { neededFor: RUN_CRON_JOB_OPERATION, verbs: ['get'], resources: ['cronjobs.batch'] },
  { neededFor: RUN_CRON_JOB_OPERATION, verbs: ['get', 'create', 'delete'], resources: ['jobs.batch'] },
  { neededFor: SUSPEND_CRON_JOB_OPERATION, verbs: ['get', 'patch'], resources: ['cronjobs.batch'] },
  { neededFor: DELETE_POD_OPERATION, verbs: ['get', 'list', 'delete'], resources: ['pods'] },
  {
    neededFor: DELETE_POD_OPERATION,
    verbs: ['get'],
    resources: [...templates, 'cronjobs.batch', 'replicasets.apps', 'jobs.batch'],
  },
];

/** What the credentials of `kubernetes:` need; `deploy/rbac/reader.yaml` grants exactly this. */
export const readRights: readonly NeededRight[] = reading.flatMap(rightsOf);

/** What the credentials of `operations.upstreams.kubernetes` need; `deploy/rbac/operator.yaml` grants exactly this. */
export const operateRights: readonly NeededRight[] = merged(operating.flatMap(rightsOf));

/** In Kubernetes' words: `patch deployments.apps`. */
export function nameOfRight({ verb, resource, group }: Pick<NeededRight, 'verb' | 'resource' | 'group'>): string {
  return `${verb} ${resource}${group ? `.${group}` : ''}`;
}

function rightsOf({ neededFor, verbs, resources }: Need): NeededRight[] {
  return resources.flatMap(name => {
    const [resource, ...group] = name.split('.');
    return verbs.map(verb => ({ verb, group: group.join('.'), resource, neededFor }));
  });
}

/** Each right once, with all the operations that need it. */
function merged(rights: readonly NeededRight[]): NeededRight[] {
  const users = new Map<string, NeededRight[]>();
  for (const right of rights) users.set(nameOfRight(right), [...(users.get(nameOfRight(right)) ?? []), right]);
  return [...users.values()].map(([right, ...others]) => {
    const operations = [right, ...others].map(({ neededFor }) => neededFor);
    return { ...right, neededFor: `${others.length > 0 ? 'operations' : 'operation'} ${operations.join(', ')}` };
  });
}
