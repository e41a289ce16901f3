/** Texts of the sections of a workload's page that not every kind of workload has. */
export const resourceMessages = {
  title: 'Resources',
  container: 'Container',
  cpu: 'CPU per pod',
  memory: 'Memory per pod',
  empty: 'No container is known',
  emptyAdvice: 'The pod template could not be read.',
} as const;

export const addressMessages = {
  title: 'Addresses',
  address: 'Address',
  source: 'By',
  reach: 'Who can reach it',
  answers: 'Answers',
  ready: 'Pods are ready',
  notReady: 'No pod is ready',
  reachOf: {
    cluster: 'Pods of the cluster',
    nodes: 'Whoever reaches the cluster’s nodes',
    outside: 'Whoever reaches the ingress or load balancer',
  },
  empty: 'It has no address',
  emptyAdvice: 'No Service or Ingress leads to its pods. What only works through a queue or a schedule needs none.',
} as const;

export const autoscalerMessages = {
  title: 'Autoscaling',
  picture: '{{current}} replicas now, {{desired}} wanted, between {{min}} and {{max}}',
  now: 'now {{replicas}}',
  min: 'at least {{replicas}}',
  max: 'at most {{replicas}}',
  wanted: 'wanted {{replicas}}',
  steady: 'It holds {{replicas}} replicas.',
  up: 'It is scaling up from {{from}} to {{to}} replicas.',
  down: 'It is scaling down from {{from}} to {{to}} replicas.',
  atMax: 'It is at its upper bound: more load will not bring more replicas.',
  lastScale: 'Last scaled',
  never: 'never',
  metrics: 'Metrics',
  metric: 'Metric',
  current: 'Now',
  target: 'Target',
  unknown: 'unknown',
  conditions: 'Conditions',
} as const;

export const scheduleMessages = {
  title: 'Schedule',
  cron: 'Runs at',
  zone: 'in {{zone}}',
  clusterZone: 'in the time zone of the cluster',
  suspended: 'Suspended: no job is started',
  last: 'Last started',
  lastSuccess: 'Last success',
  never: 'never',
  jobs: 'Jobs',
  job: 'Job',
  state: 'State',
  started: 'Started',
  duration: 'Took',
  message: 'Message',
  logs: 'Logs',
  states: { running: 'Running', complete: 'Complete', failed: 'Failed', suspended: 'Suspended' },
  empty: 'It has started no job that is still kept',
  emptyAdvice: 'Old jobs are removed after a while; the next one comes by the schedule.',
} as const;

export const pageMessages = {
  sections: 'On this page',
  missing: 'Not everything could be read:',
  missingPart: '{{what}}: {{reason}}',
  wasRead: 'What is shown was read',
  activity: 'What was done here',
} as const;
