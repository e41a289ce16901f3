/** What the rollouts area answers besides the five groups' meaning. Closed list; each has a row in `docs/errors.md`. */
export const rolloutsErrorCodes = [
  'CLUSTER_UNKNOWN',
  'CLUSTER_NOT_READ',
  'CLUSTER_NOT_WRITABLE',
  'WORKLOAD_NOT_FOUND',
  'POD_NOT_FOUND',
  'LOG_NOT_AVAILABLE',
  'WORKLOAD_NOT_ANNOTATED',
  'REVISION_NOT_FOUND',
  'ROLLOUT_PAUSED',
  'ROLLOUT_FAILED',
  'AUTOSCALER_NOT_FOUND',
  'CONTAINER_NOT_FOUND',
  'JOB_FAILED',
] as const;

/** One of {@link rolloutsErrorCodes}. */
export type RolloutsErrorCode = (typeof rolloutsErrorCodes)[number];
