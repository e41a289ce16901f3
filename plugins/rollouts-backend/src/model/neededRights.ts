import { ROLLBACK_OPERATION } from '@leitstand/plugin-rollouts-common';

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

const operating: readonly Need[] = [
  {
    neededFor: `operation ${ROLLBACK_OPERATION}`,
    verbs: ['get', 'list', 'watch', 'patch'],
    resources: ['deployments.apps'],
  },
  { neededFor: `operation ${ROLLBACK_OPERATION}`, verbs: ['get', 'list'], resources: ['replicasets.apps'] },
];

/** What the credentials of `kubernetes:` need; `deploy/rbac/reader.yaml` grants exactly this. */
export const readRights: readonly NeededRight[] = reading.flatMap(rightsOf);

/** What the credentials of `operations.upstreams.kubernetes` need; `deploy/rbac/operator.yaml` grants exactly this. */
export const operateRights: readonly NeededRight[] = operating.flatMap(rightsOf);

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
