import type { RunState } from '@leitstand/plugin-operations-common';
import type { StatusTone } from '@leitstand/plugin-kit-react';

/** Each state's tone and the key of its word. */
export const runStateLooks = {
  'awaiting-approval': { tone: 'warning', word: 'awaitingApproval' },
  held: { tone: 'paused', word: 'held' },
  queued: { tone: 'info', word: 'queued' },
  running: { tone: 'running', word: 'running' },
  succeeded: { tone: 'ok', word: 'succeeded' },
  failed: { tone: 'error', word: 'failed' },
  cancelled: { tone: 'paused', word: 'cancelled' },
  rejected: { tone: 'error', word: 'rejected' },
  expired: { tone: 'paused', word: 'expired' },
  'needs-attention': { tone: 'warning', word: 'needsAttention' },
} as const satisfies Record<RunState, { tone: StatusTone; word: string }>;

/**
 * How long something took, or has taken so far, in milliseconds.
 * Undefined where it has not begun.
 */
export function elapsedMs(span: { startedAt?: string; finishedAt?: string }, now: Date): number | undefined {
  if (span.startedAt === undefined) return undefined;
  const end = span.finishedAt === undefined ? now.getTime() : Date.parse(span.finishedAt);
  return Math.max(0, end - Date.parse(span.startedAt));
}
