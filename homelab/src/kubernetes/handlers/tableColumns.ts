// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/printers/internalversion/printers.go
import { isObject } from '../codec/json';
import type {
  Condition,
  Container,
  CronJob,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  Endpoints,
  Event,
  HorizontalPodAutoscaler,
  Job,
  KubernetesObject,
  Pod,
  PodTemplate,
  ReplicaSet,
  Service,
  StatefulSet,
  StringMap,
} from '../model';
import type { ResourceType } from '../resourceTypes';

type PrinterColumns = CustomResourceDefinition['spec']['versions'][number]['additionalPrinterColumns'];

interface Column {
  name: string;
  type?: string;
  format?: string;
  /** 1 for columns that are shown with `-o wide`. */
  priority?: number;
  cell(object: KubernetesObject, nowMs: number): unknown;
}

/** 3_700_000 → `61m`, as duration.HumanDuration. */
export function humanDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000));
  const [minutes, hours, days] = [60, 3_600, 86_400].map(unit => Math.floor(seconds / unit));
  const pair = (large: string, rest: number, unit: string) => (rest === 0 ? large : `${large}${rest}${unit}`);
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return pair(`${minutes}m`, seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return pair(`${hours}h`, minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (days < 8) return pair(`${days}d`, hours % 24, 'h');
  return days < 730 ? `${days}d` : `${Math.floor(days / 365)}y`;
}

const none = '<none>';

function since(time: string | undefined, nowMs: number): string {
  return time ? humanDuration(nowMs - Date.parse(time)) : '<unknown>';
}

/** A column of one kind: its reader sees that kind's type. */
function column<T extends KubernetesObject>(
  name: string,
  cell: (object: T, nowMs: number) => unknown,
  rest: Partial<Column> = {},
): Column {
  return { name, cell: (object, nowMs) => cell(object as T, nowMs), ...rest };
}

const wide = { priority: 1 };
const integer = { type: 'integer' };
const nameColumn = column('Name', ({ metadata }) => metadata.name, { format: 'name' });
const ageColumn = column('Age', ({ metadata }, nowMs) => since(metadata.creationTimestamp, nowMs));

function labelText(labels: StringMap | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.sort().join(',') : none;
}

function wideTemplate<T extends KubernetesObject>(read: (object: T) => Container[]): Column[] {
  return [
    column<T>(
      'Containers',
      object =>
        read(object)
          .map(({ name }) => name)
          .join(','),
      wide,
    ),
    column<T>(
      'Images',
      object =>
        read(object)
          .map(({ image }) => image)
          .join(','),
      wide,
    ),
  ];
}

function readTemplate(object: KubernetesObject): Container[] {
  return (object as KubernetesObject & { spec: { template: PodTemplate } }).spec.template.spec.containers;
}

const selectorColumn = column<ReplicaSet>('Selector', ({ spec }) => labelText(spec.selector.matchLabels), wide);
const workloadColumns = [...wideTemplate(readTemplate), selectorColumn];

function podReason({ metadata, status }: Pod): string {
  if (metadata.deletionTimestamp) return 'Terminating';
  const reasons = (status.containerStatuses ?? []).flatMap(
    ({ state }) => state.waiting?.reason ?? state.terminated?.reason ?? [],
  );
  return reasons[0] ?? status.phase;
}

function podRestarts({ status }: Pod, nowMs: number): string {
  const statuses = status.containerStatuses ?? [];
  const count = statuses.reduce((sum, container) => sum + container.restartCount, 0);
  const last = statuses
    .flatMap(({ lastState }) => lastState.terminated?.finishedAt ?? [])
    .sort()
    .at(-1);
  return count > 0 && last ? `${count} (${since(last, nowMs)} ago)` : String(count);
}

function portText({ spec }: Service): string {
  const ports = (spec.ports ?? []).map(
    ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
  );
  return ports.join(',') || none;
}

function externalAddress({ spec, status }: Service): string {
  if (spec.type === 'ExternalName') return spec.externalName ?? none;
  if (spec.type !== 'LoadBalancer') return none;
  return status?.loadBalancer.ingress?.map(({ ip, hostname }) => ip ?? hostname).join(',') ?? '<pending>';
}

function jobStatus({ metadata, spec, status }: Job): string {
  const isTrue = (type: string) => status?.conditions?.some(other => other.type === type && other.status === 'True');
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  return spec.suspend ? 'Suspended' : 'Running';
}

function jobDuration({ status }: Job, nowMs: number): string {
  if (!status?.startTime) return '';
  const endMs = status.completionTime ? Date.parse(status.completionTime) : nowMs;
  return humanDuration(endMs - Date.parse(status.startTime));
}

interface CurrentMetric {
  resource: { current: { averageUtilization?: number; averageValue?: string } };
}

function targetText({ spec, status }: HorizontalPodAutoscaler): string {
  const targets = spec.metrics.map(({ resource }, index) => {
    const { current } = (status?.currentMetrics?.[index] as CurrentMetric | undefined)?.resource ?? {};
    const { averageUtilization, averageValue } = resource?.target ?? {};
    if (averageUtilization === undefined)
      return `${resource?.name}: ${current?.averageValue ?? '<unknown>'}/${averageValue}`;
    const measured = current?.averageUtilization;
    return `${resource?.name}: ${measured === undefined ? '<unknown>' : `${measured}%`}/${averageUtilization}%`;
  });
  return targets.join(', ');
}

/** The text at a path such as `status.phase` or `spec.rules[0].host`. */
function textAt(object: KubernetesObject, path: string): string {
  const keys = path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean);
  const read = (value: unknown, key: string) =>
    isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined;
  const found = keys.reduce(read, object as unknown);
  return found === undefined ? '' : String(found);
}

function dataColumn(name = 'Data') {
  return column<KubernetesObject & { data?: object }>(name, ({ data }) => Object.keys(data ?? {}).length, integer);
}

function nodeStatus(node: KubernetesObject): string {
  const { conditions = [] } = (node.status ?? {}) as { conditions?: Condition[] };
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  const { unschedulable } = (node.spec ?? {}) as { unschedulable?: boolean };
  return `${isReady ? 'Ready' : 'NotReady'}${unschedulable ? ',SchedulingDisabled' : ''}`;
}

function nodeRoles({ metadata }: KubernetesObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(metadata.labels ?? {}).filter(label => label.startsWith(prefix));
  return (
    roles
      .map(label => label.slice(prefix.length))
      .sort()
      .join(',') || none
  );
}

function nodeAddress(wanted: string) {
  return column(
    wanted.replace('IP', '-IP'),
    ({ status }) => {
      const { addresses = [] } = (status ?? {}) as { addresses?: { type: string; address: string }[] };
      return addresses.find(({ type }) => type === wanted)?.address ?? none;
    },
    wide,
  );
}

function endpointText({ subsets }: Endpoints): string {
  const all = (subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => (ports.length > 0 ? ports.map(({ port }) => `${ip}:${port}`) : [ip])),
  );
  const more = all.length > 3 ? ` + ${all.length - 3} more...` : '';
  return all.length > 0 ? all.slice(0, 3).join(',') + more : none;
}

const columnsByKind: Partial<Record<string, Column[]>> = {
  Pod: [
    nameColumn,
    column<Pod>('Ready', ({ spec, status }) => {
      const ready = (status.containerStatuses ?? []).filter(container => container.ready).length;
      return `${ready}/${spec.containers.length}`;
    }),
    column('Status', podReason),
    column('Restarts', podRestarts),
    ageColumn,
    column<Pod>('IP', ({ status }) => status.podIP ?? none, wide),
    column<Pod>('Node', ({ spec }) => spec.nodeName ?? none, wide),
    column('Nominated Node', () => none, wide),
    column('Readiness Gates', () => none, wide),
  ],
  Deployment: [
    nameColumn,
    column<Deployment>('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas}`),
    column<Deployment>('Up-to-date', ({ status }) => status?.updatedReplicas ?? 0, integer),
    column<Deployment>('Available', ({ status }) => status?.availableReplicas ?? 0, integer),
    ageColumn,
    ...workloadColumns,
  ],
  ReplicaSet: [
    nameColumn,
    column<ReplicaSet>('Desired', ({ spec }) => spec.replicas, integer),
    column<ReplicaSet>('Current', ({ status }) => status?.replicas ?? 0, integer),
    column<ReplicaSet>('Ready', ({ status }) => status?.readyReplicas ?? 0, integer),
    ageColumn,
    ...workloadColumns,
  ],
  StatefulSet: [
    nameColumn,
    column<StatefulSet>('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas}`),
    ageColumn,
    ...wideTemplate(readTemplate),
  ],
  DaemonSet: [
    nameColumn,
    ...[
      ['Desired', 'desiredNumberScheduled'],
      ['Current', 'currentNumberScheduled'],
      ['Ready', 'numberReady'],
      ['Up-to-date', 'updatedNumberScheduled'],
      ['Available', 'numberAvailable'],
    ].map(([name, field]) =>
      column<DaemonSet>(name, ({ status }) => (status as Record<string, number> | undefined)?.[field] ?? 0, integer),
    ),
    column<DaemonSet>('Node Selector', ({ spec }) =>
      labelText(spec.template.spec.nodeSelector as StringMap | undefined),
    ),
    ageColumn,
    ...workloadColumns,
  ],
  Job: [
    nameColumn,
    column('Status', jobStatus),
    column<Job>('Completions', ({ spec, status }) => `${status?.succeeded ?? 0}/${spec.completions ?? 1}`),
    column('Duration', jobDuration),
    ageColumn,
    ...workloadColumns,
  ],
  CronJob: [
    nameColumn,
    column<CronJob>('Schedule', ({ spec }) => spec.schedule),
    column<CronJob>('Timezone', ({ spec }) => spec.timeZone ?? none),
    column<CronJob>('Suspend', ({ spec }) => (spec.suspend ? 'True' : 'False')),
    column<CronJob>('Active', ({ status }) => status?.active?.length ?? 0, integer),
    column<CronJob>('Last Schedule', ({ status }, nowMs) =>
      status?.lastScheduleTime ? since(status.lastScheduleTime, nowMs) : none,
    ),
    ageColumn,
    ...wideTemplate<CronJob>(({ spec }) => spec.jobTemplate.spec.template.spec.containers),
  ],
  HorizontalPodAutoscaler: [
    nameColumn,
    column<HorizontalPodAutoscaler>(
      'Reference',
      ({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    ),
    column('Targets', targetText),
    column<HorizontalPodAutoscaler>('MinPods', ({ spec }) => String(spec.minReplicas)),
    column<HorizontalPodAutoscaler>('MaxPods', ({ spec }) => spec.maxReplicas, integer),
    column<HorizontalPodAutoscaler>('Replicas', ({ status }) => status?.currentReplicas ?? 0, integer),
    ageColumn,
  ],
  Service: [
    nameColumn,
    column<Service>('Type', ({ spec }) => spec.type),
    column<Service>('Cluster-IP', ({ spec }) => spec.clusterIP ?? none),
    column('External-IP', externalAddress),
    column('Port(s)', portText),
    ageColumn,
    column<Service>('Selector', ({ spec }) => labelText(spec.selector), wide),
  ],
  Endpoints: [nameColumn, column('Endpoints', endpointText), ageColumn],
  Ingress: [
    nameColumn,
    column('Class', object => textAt(object, 'spec.ingressClassName') || none),
    column('Hosts', object => {
      const { rules = [] } = (object.spec ?? {}) as { rules?: { host?: string }[] };
      return rules.map(({ host }) => host ?? '*').join(',') || '*';
    }),
    column('Address', object => textAt(object, 'status.loadBalancer.ingress[0].ip')),
    column('Ports', object => (textAt(object, 'spec.tls[0]') ? '80, 443' : '80')),
    ageColumn,
  ],
  ConfigMap: [nameColumn, dataColumn(), ageColumn],
  Secret: [nameColumn, column('Type', object => textAt(object, 'type')), dataColumn(), ageColumn],
  ServiceAccount: [nameColumn, column('Secrets', () => 0, integer), ageColumn],
  PersistentVolumeClaim: [
    nameColumn,
    column('Status', object => textAt(object, 'status.phase')),
    column('Volume', object => textAt(object, 'spec.volumeName')),
    column('Capacity', object => textAt(object, 'status.capacity.storage')),
    column('Access Modes', object =>
      textAt(object, 'status.accessModes')
        .replaceAll(/Read(\w)\w*?(Once|Many)(Pod)?/g, 'R$1$2')
        .replaceAll(/Once|Many/g, word => word[0]),
    ),
    column('StorageClass', object => textAt(object, 'spec.storageClassName')),
    ageColumn,
  ],
  Namespace: [nameColumn, column('Status', object => textAt(object, 'status.phase')), ageColumn],
  Node: [
    nameColumn,
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    ageColumn,
    column('Version', object => textAt(object, 'status.nodeInfo.kubeletVersion')),
    nodeAddress('InternalIP'),
    nodeAddress('ExternalIP'),
    column('OS-Image', object => textAt(object, 'status.nodeInfo.osImage'), wide),
    column('Kernel-Version', object => textAt(object, 'status.nodeInfo.kernelVersion'), wide),
    column('Container-Runtime', object => textAt(object, 'status.nodeInfo.containerRuntimeVersion'), wide),
  ],
  Event: [
    column<Event>('Last Seen', ({ lastTimestamp }, nowMs) => since(lastTimestamp, nowMs)),
    column<Event>('Type', ({ type }) => type),
    column<Event>('Reason', ({ reason }) => reason),
    column<Event>('Object', ({ involvedObject }) => `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`),
    column<Event>('Source', ({ source }) => source.component, wide),
    column<Event>('Message', ({ message }) => message.trim()),
    column<Event>('First Seen', ({ firstTimestamp }, nowMs) => since(firstTimestamp, nowMs), wide),
    column<Event>('Count', ({ count }) => count, { ...integer, ...wide }),
    column('Name', ({ metadata }) => metadata.name, wide),
  ],
};

function printerColumn({ name, type, jsonPath, priority }: NonNullable<PrinterColumns>[number]): Column {
  const isDate = type === 'date';
  const cell = (object: KubernetesObject, nowMs: number) => {
    const text = textAt(object, jsonPath);
    return isDate ? since(text, nowMs) : text;
  };
  return { name, priority: priority ?? 0, cell };
}

/** A kind's columns; name and age for a kind of which nothing more is known. */
export function columnsOf(type: ResourceType, printerColumns: PrinterColumns): Column[] {
  const custom = printerColumns?.map(printerColumn);
  return columnsByKind[type.kind] ?? (custom ? [nameColumn, ...custom] : [nameColumn, ageColumn]);
}
