import type { AreaFinding } from '@leitstand/plugin-kit-node';

/** Rounds of the queue, and signs of life for leases, that may be missed: one slow statement is no trouble. */
const tolerated = { pollCount: 10, heartbeatCount: 2 };

/** What an executor knows of itself. */
export interface ExecutionSigns {
  isClosed: boolean;
  loop: { silentForMs: number };
  /** Undefined while no run is under way. */
  heartbeat: { silentForMs: number } | undefined;
  timing: { pollMs: number; heartbeatMs: number };
}

/** A process that cannot carry out runs is degraded, not down: its pages work, and other processes take the runs up. */
export function findingOfExecution({ isClosed, loop, heartbeat, timing }: ExecutionSigns): AreaFinding {
  if (isClosed) return { state: 'down', reason: 'closing' };
  if (loop.silentForMs > tolerated.pollCount * timing.pollMs) return { state: 'degraded', reason: 'queue-not-read' };
  if (heartbeat && heartbeat.silentForMs > tolerated.heartbeatCount * timing.heartbeatMs) {
    return { state: 'degraded', reason: 'leases-not-renewed' };
  }
  return { state: 'up' };
}
