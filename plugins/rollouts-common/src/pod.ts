import { z } from 'zod/v3';
import { kubernetesTimeSchema } from './freshness';
import { computeQuantitiesSchema } from './quantities';

/** One container of a pod, as its status says. */
export const podContainerSchema = z.object({
  name: z.string(),
  image: z.string(),
  isReady: z.boolean(),
  restarts: z.number().int(),
  state: z.enum(['waiting', 'running', 'terminated']),
  /** Reason of the present state, for example `CrashLoopBackOff`. */
  reason: z.string().optional(),
  message: z.string().optional(),
  /** How it ended the last time. */
  lastTermination: z
    .object({
      reason: z.string().optional(),
      exitCode: z.number().int(),
      finishedAt: kubernetesTimeSchema.optional(),
    })
    .optional(),
});
export type PodContainer = z.infer<typeof podContainerSchema>;

export const podSchema = z.object({
  name: z.string(),
  /** Of the ReplicaSet it belongs to; Deployments only. */
  revision: z.number().int().positive().optional(),
  phase: z.string(),
  /** What is wrong, as Kubernetes says it, for example `ImagePullBackOff`. */
  reason: z.string().optional(),
  message: z.string().optional(),
  isReady: z.boolean(),
  isTerminating: z.boolean(),
  restarts: z.number().int(),
  node: z.string().optional(),
  createdAt: kubernetesTimeSchema,
  containers: z.array(podContainerSchema),
  /** Present use, where the cluster has a metrics API. */
  usage: computeQuantitiesSchema.optional(),
});
export type Pod = z.infer<typeof podSchema>;
