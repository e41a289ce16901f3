// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/printers/internalversion/printers.go
import type {
  Container,
  CronJob,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  Event,
  HorizontalPodAutoscaler,
  Job,
  KubernetesObject,
  NetworkPolicy,
  Pod,
  PodDisruptionBudget,
  PodTemplate,
  ReplicaSet,
  Service,
  StatefulSet,
  StringMap,
} from '../model';
import type { ResourceType } from '../resourceTypes';
import {
  none,
  since,
  labelText,
  podReason,
  podRestarts,
  portText,
  externalAddress,
  jobStatus,
  jobDuration,
  targetText,
  textAt,
  nodeStatus,
  nodeRoles,
  endpointText,
} from './tableCells';

type PrinterColumns = CustomResourceDefinition['spec']['versions'][number]['additionalPrinterColumns'];

interface Column {
  name: string;
  type?: string;
  format?: string;
  /** 1 for columns that are shown with `-o wide`. */
  priority?: number;
  cell(object: KubernetesObject, nowMs: number): unknown;
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

function dataColumn(name = 'Data') {
  return column<KubernetesObject & { data?: object }>(name, ({ data }) => Object.keys(data ?? {}).length, integer);
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
  NetworkPolicy: [
    nameColumn,
    column<NetworkPolicy>('Pod-Selector', ({ spec }) => labelText(spec.podSelector?.matchLabels)),
    ageColumn,
  ],
  PodDisruptionBudget: [
    nameColumn,
    column<PodDisruptionBudget>('Min Available', ({ spec }) => String(spec?.minAvailable ?? 'N/A')),
    column<PodDisruptionBudget>('Max Unavailable', ({ spec }) => String(spec?.maxUnavailable ?? 'N/A')),
    column<PodDisruptionBudget>('Allowed Disruptions', ({ status }) => status?.disruptionsAllowed ?? 0, integer),
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
