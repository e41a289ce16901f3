// How containers end and come back: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
import { formatTime } from '../codec/timestamp';
import type { ImageBehaviour } from '../imageRegistry';
import type { ContainerStatus, TerminatedState } from '../model';

/** What decides about a container's next step. */
export interface ContainerFacts {
  behaviour: ImageBehaviour | undefined;
  restartPolicy: string;
  /** Milliseconds since the epoch. */
  nowMs: number;
  /** How long an ended container stays ended before the kubelet looks after it, in milliseconds. */
  settleMs: number;
  /** A container that ends by itself does not live to answer its probe. */
  hasReadinessProbe: boolean;
  /** `<pod>_<namespace>(<uid>)`, as the kubelet's messages name a pod. */
  podLabel: string;
}

/** A container after its step, and when the next one is due. */
export interface ContainerStep {
  status: ContainerStatus;
  dueAtMs?: number;
  event?: 'restart' | 'backOff';
}

/** The kubelet's back-off after crashes: none, 10 s, doubled up to 5 min; a run of 10 min begins anew. */
const firstBackOffMs = 10_000;
const maxBackOffMs = 300_000;
const resetAfterMs = 600_000;

export function restarts(restartPolicy: string, exitCode: number): boolean {
  return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0);
}

function backOffMsOf(ended: TerminatedState, restartCount: number): number {
  const ranMs = Date.parse(ended.finishedAt) - Date.parse(ended.startedAt);
  if (restartCount === 0 || ranMs >= resetAfterMs) return 0;
  return Math.min(maxBackOffMs, firstBackOffMs * 2 ** (restartCount - 1));
}

/** 80 s → `1m20s` */
function goDuration(durationMs: number): string {
  const [minutes, seconds] = [Math.floor(durationMs / 60_000), Math.round((durationMs % 60_000) / 1_000)];
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

function whileRunning(status: ContainerStatus, startedAt: string, facts: ContainerFacts): ContainerStep {
  const { behaviour, nowMs } = facts;
  if (!behaviour?.exit) return { status };
  const { code: exitCode, afterMs } = behaviour.exit;
  const endsAtMs = Date.parse(startedAt) + afterMs;
  if (nowMs < endsAtMs) return { status, dueAtMs: endsAtMs };
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  const { containerID } = status;
  const terminated = { exitCode, reason, startedAt, finishedAt: formatTime(nowMs), containerID };
  return {
    status: { ...status, ready: false, started: false, state: { terminated } },
    ...(restarts(facts.restartPolicy, exitCode) && { dueAtMs: nowMs + facts.settleMs }),
  };
}

function afterEnd(status: ContainerStatus, ended: TerminatedState, facts: ContainerFacts): ContainerStep {
  const { nowMs, restartPolicy, podLabel, behaviour, hasReadinessProbe } = facts;
  if (!restarts(restartPolicy, ended.exitCode)) return { status };
  const settledAtMs = Date.parse(ended.finishedAt) + facts.settleMs;
  if (status.state.terminated && nowMs < settledAtMs) return { status, dueAtMs: settledAtMs };
  const backOffMs = backOffMsOf(ended, status.restartCount);
  const restartAtMs = Date.parse(ended.finishedAt) + backOffMs;
  const lastState = { terminated: ended };
  if (nowMs < restartAtMs) {
    if (status.state.waiting) return { status, dueAtMs: restartAtMs };
    const message = `back-off ${goDuration(backOffMs)} restarting failed container=${status.name} pod=${podLabel}`;
    const waiting = { reason: 'CrashLoopBackOff', message };
    return { status: { ...status, state: { waiting }, lastState }, dueAtMs: restartAtMs, event: 'backOff' };
  }
  const next: ContainerStatus = {
    ...status,
    ready: !(behaviour?.exit && hasReadinessProbe),
    started: true,
    restartCount: status.restartCount + 1,
    state: { running: { startedAt: formatTime(nowMs) } },
    lastState,
  };
  return { status: next, event: 'restart', ...(behaviour?.exit && { dueAtMs: nowMs + behaviour.exit.afterMs }) };
}

/** What becomes of a container that has been started before: runs on, ends, waits or starts again. */
export function advanceContainer(status: ContainerStatus, facts: ContainerFacts): ContainerStep {
  const { running, terminated } = status.state;
  if (running) return whileRunning(status, running.startedAt, facts);
  const ended = terminated ?? status.lastState.terminated;
  return ended ? afterEnd(status, ended, facts) : { status };
}
