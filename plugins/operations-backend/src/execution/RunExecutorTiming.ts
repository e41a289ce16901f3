/** How runs are shared out. Times are milliseconds. */
export interface RunExecutorTiming {
  /** How long a run stays with a process that gives no sign of life. Default: 20,000. */
  leaseMs?: number;
  /** Between two signs of life. Default: 5,000. */
  heartbeatMs?: number;
  /** How often a process looks for runs that nobody carries out, and for cancels. Default: 1,000. */
  pollMs?: number;
  /** How long runs may take to stop when the process ends. Default: 2,000. */
  graceMs?: number;
}

/** Where nothing else is asked for. */
export const defaultTiming: Required<RunExecutorTiming> = {
  leaseMs: 20_000,
  heartbeatMs: 5_000,
  pollMs: 1_000,
  graceMs: 2_000,
};
