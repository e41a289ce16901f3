import { z } from 'zod/v3';

/** Kinds of workload that are read; each has its own API group in Kubernetes, `apps/v1` or `batch/v1`. */
export const workloadKindSchema = z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

/** One of the kinds in {@link workloadKindSchema}. */
export type WorkloadKind = z.infer<typeof workloadKindSchema>;
