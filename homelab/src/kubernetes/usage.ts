import { formatQuantity, parseQuantity } from './codec/quantity';
import { isObject } from './codec/json';
import type { Container, KubernetesObject, Metrics, Pod, StringMap } from './model';

/** What a container uses. */
export interface Usage {
  cpuMillicores: number;
  memoryBytes: number;
}

/** Says what the containers of running pods use, now; undefined for a plausible part of what is requested. */
export type UsageSource = (container: Container, pod: Pod) => Usage | undefined;

const mebibyte = 1024 * 1024;

/** What a container requests; undefined where it requests nothing. */
export function requestOf(container: Container, resource: 'cpu' | 'memory'): number | undefined {
  const { requests } = isObject(container.resources) ? container.resources : {};
  const quantity = isObject(requests) ? requests[resource] : undefined;
  return quantity === undefined ? undefined : parseQuantity(String(quantity));
}

/** An idle server: a small part of its CPU and most of its memory. */
export function idleUsage(container: Container): Usage {
  return {
    cpuMillicores: Math.round((requestOf(container, 'cpu') ?? 0.05) * 1_000 * 0.06) || 1,
    memoryBytes: Math.round((requestOf(container, 'memory') ?? 64 * mebibyte) * 0.6),
  };
}

/** The usage of each container that runs. */
export function usageOf(pod: Pod, source: UsageSource | undefined): Map<string, Usage> {
  const running = (pod.status.containerStatuses ?? []).filter(status => status.state.running);
  const containers = pod.spec.containers.filter(container => running.some(({ name }) => name === container.name));
  return new Map(containers.map(container => [container.name, source?.(container, pod) ?? idleUsage(container)]));
}

function quantities({ cpuMillicores, memoryBytes }: Usage): StringMap {
  return { cpu: formatQuantity(cpuMillicores / 1_000), memory: `${Math.round(memoryBytes / 1024)}Ki` };
}

function metrics(kind: string, { metadata }: KubernetesObject, time: string): Metrics {
  const { name, namespace, labels } = metadata;
  return {
    kind,
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: { name, ...(namespace && { namespace }), labels, creationTimestamp: time },
    timestamp: time,
    window: '15s',
  };
}

/** What metrics.k8s.io says of a pod; undefined when nothing of it runs. @param time - RFC 3339 */
export function podMetrics(pod: Pod, source: UsageSource | undefined, time: string): Metrics | undefined {
  const used = [...usageOf(pod, source)];
  if (used.length === 0) return undefined;
  const containers = used.map(([name, usage]) => ({ name, usage: quantities(usage) }));
  return { ...metrics('PodMetrics', pod, time), containers };
}

/** What metrics.k8s.io says of a node: its pods and what the system itself takes. @param time - RFC 3339 */
export function nodeMetrics(node: KubernetesObject, used: Usage[], time: string): Metrics {
  const sum = { cpuMillicores: 90, memoryBytes: 900 * mebibyte };
  for (const usage of used) {
    sum.cpuMillicores += usage.cpuMillicores;
    sum.memoryBytes += usage.memoryBytes;
  }
  return { ...metrics('NodeMetrics', node, time), usage: quantities(sum) };
}
