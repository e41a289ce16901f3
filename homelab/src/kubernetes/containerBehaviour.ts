import { completeReference } from './imageRegistry';
import type { Container, Pod } from './model';

/** One run of a container, from its start to its end or until now; milliseconds since the epoch. */
export interface ContainerRun {
  pod: Pod;
  container: Container;
  startedAtMs: number;
  finishedAtMs?: number;
}

/** A time from (inclusive) and to (exclusive), milliseconds since the epoch. */
export interface TimeSpan {
  fromMs: number;
  toMs: number;
}

export interface LogLine {
  atMs: number;
  /** Without a line feed. */
  text: string;
}

/** What a container does once it is started. */
export interface ContainerBehaviour {
  /** It ends by itself, so long after its start; it runs until it is stopped when left out. */
  exit?: { afterMs: number; code: number };
  /** What a run writes within a span, oldest first, the same whenever it is asked; three lines at the start by default. */
  log?(run: ContainerRun, span: TimeSpan): LogLine[];
}

/** Says what the containers of a cluster do. @returns undefined for what every server, or job, does */
export type ContainerBehaviours = (container: Container, pod: Pod) => ContainerBehaviour | undefined;

/** What a container of a pod uses, now. */
export interface Usage {
  cpuMillicores: number;
  memoryBytes: number;
}

/** Says what containers use. @returns undefined for a plausible part of what the container requests */
export type UsageSource = (container: Container, pod: Pod) => Usage | undefined;

/** How long a job's container works, by default. */
const defaultJobMs = 3_000;

/** What a container does of which nobody says anything: serve, or for a job's pod end well. */
export function behaviourOf(behaviours: ContainerBehaviours, container: Container, pod: Pod): ContainerBehaviour {
  const isTask = pod.spec.restartPolicy !== undefined && pod.spec.restartPolicy !== 'Always';
  return behaviours(container, pod) ?? (isTask ? { exit: { afterMs: defaultJobMs, code: 0 } } : {});
}

/** Behaviours by the beginning of a complete reference, such as `docker.io/library/nginx:`; the longest one counts. */
export function behavioursByImage(table: Record<string, ContainerBehaviour>): ContainerBehaviours {
  const prefixes = Object.keys(table).sort((left, right) => right.length - left.length);
  return ({ image }) => {
    const reference = completeReference(image);
    const found = prefixes.find(prefix => reference.startsWith(prefix));
    return found === undefined ? undefined : table[found];
  };
}

/** The lines of a run within a span. */
export function logLines(behaviour: ContainerBehaviour, run: ContainerRun, span: TimeSpan): LogLine[] {
  const defaults = [`starting ${run.container.image}`, 'configuration read from environment', 'ready to serve'];
  const lines = behaviour.log?.(run, span) ?? defaults.map(text => ({ atMs: run.startedAtMs, text }));
  return lines.filter(({ atMs }) => atMs >= span.fromMs && atMs < span.toMs);
}
