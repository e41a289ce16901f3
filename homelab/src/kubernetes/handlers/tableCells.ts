// What tables say in their cells: https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/printers/internalversion/printers.go
import { isObject } from '../codec/json';
import type {
  Condition,
  Endpoints,
  HorizontalPodAutoscaler,
  Job,
  KubernetesObject,
  Pod,
  Service,
  StringMap,
} from '../model';

/** What stands for nothing. */
export const none = '<none>';

/** 3_700_000 → `61m`, as duration.HumanDuration. */
function humanDuration(durationMs: number): string {
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

/** How long ago a time is. */
export function since(time: string | undefined, nowMs: number): string {
  return time ? humanDuration(nowMs - Date.parse(time)) : '<unknown>';
}

/** `a=b,c=d` */
export function labelText(labels: StringMap | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length > 0 ? pairs.sort().join(',') : none;
}

/** What a pod's containers wait for or ended with, or else its phase. */
export function podReason({ metadata, status }: Pod): string {
  if (metadata.deletionTimestamp) return 'Terminating';
  const reasons = (status.containerStatuses ?? []).flatMap(
    ({ state }) => state.waiting?.reason ?? state.terminated?.reason ?? [],
  );
  return reasons[0] ?? status.phase;
}

/** `3 (5m ago)` */
export function podRestarts({ status }: Pod, nowMs: number): string {
  const statuses = status.containerStatuses ?? [];
  const count = statuses.reduce((sum, container) => sum + container.restartCount, 0);
  const last = statuses
    .flatMap(({ lastState }) => lastState.terminated?.finishedAt ?? [])
    .sort()
    .at(-1);
  return count > 0 && last ? `${count} (${since(last, nowMs)} ago)` : String(count);
}

/** `80:31000/TCP` */
export function portText({ spec }: Service): string {
  const ports = (spec.ports ?? []).map(
    ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
  );
  return ports.join(',') || none;
}

/** Where a service is reached from outside. */
export function externalAddress({ spec, status }: Service): string {
  if (spec.type === 'ExternalName') return spec.externalName ?? none;
  if (spec.type !== 'LoadBalancer') return none;
  return status?.loadBalancer.ingress?.map(({ ip, hostname }) => ip ?? hostname).join(',') ?? '<pending>';
}

/** `Running`, `Complete`, ... */
export function jobStatus({ metadata, spec, status }: Job): string {
  const isTrue = (type: string) => status?.conditions?.some(other => other.type === type && other.status === 'True');
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (metadata.deletionTimestamp) return 'Terminating';
  return spec.suspend ? 'Suspended' : 'Running';
}

/** How long a job has taken. */
export function jobDuration({ status }: Job, nowMs: number): string {
  if (!status?.startTime) return '';
  const endMs = status.completionTime ? Date.parse(status.completionTime) : nowMs;
  return humanDuration(endMs - Date.parse(status.startTime));
}

interface CurrentMetric {
  resource: { current: { averageUtilization?: number; averageValue?: string } };
}

/** `cpu: 12%/50%` for each metric. */
export function targetText({ spec, status }: HorizontalPodAutoscaler): string {
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
export function textAt(object: KubernetesObject, path: string): string {
  const keys = path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean);
  const read = (value: unknown, key: string) =>
    isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined;
  const found = keys.reduce(read, object as unknown);
  return found === undefined ? '' : String(found);
}

/** `Ready,SchedulingDisabled` */
export function nodeStatus(node: KubernetesObject): string {
  const { conditions = [] } = (node.status ?? {}) as { conditions?: Condition[] };
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  const { unschedulable } = (node.spec ?? {}) as { unschedulable?: boolean };
  return `${isReady ? 'Ready' : 'NotReady'}${unschedulable ? ',SchedulingDisabled' : ''}`;
}

/** Roles as the labels name them. */
export function nodeRoles({ metadata }: KubernetesObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(metadata.labels ?? {}).filter(label => label.startsWith(prefix));
  return (
    roles
      .map(label => label.slice(prefix.length))
      .sort()
      .join(',') || none
  );
}

/** The first three addresses with their ports. */
export function endpointText({ subsets }: Endpoints): string {
  const all = (subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => (ports.length > 0 ? ports.map(({ port }) => `${ip}:${port}`) : [ip])),
  );
  const more = all.length > 3 ? ` + ${all.length - 3} more...` : '';
  return all.length > 0 ? all.slice(0, 3).join(',') + more : none;
}
