import { z } from 'zod/v3';
import { parseImageReference } from './imageReference';

/** Ids of the operations on workloads. */
export const RESTART_OPERATION = 'rollouts-restart';
export const SCALE_OPERATION = 'rollouts-scale';
export const PAUSE_OPERATION = 'rollouts-pause';
export const RESUME_OPERATION = 'rollouts-resume';
export const SET_IMAGE_OPERATION = 'rollouts-set-image';
export const RUN_CRON_JOB_OPERATION = 'rollouts-run-cron-job';
export const SUSPEND_CRON_JOB_OPERATION = 'rollouts-suspend-cron-job';
export const DELETE_POD_OPERATION = 'rollouts-delete-pod';

/** Most replicas that can be asked for. */
export const maxReplicaCount = 1_000;

const replicaCountSchema = z.number().int().min(0).max(maxReplicaCount);

/** Input of the operations that need nothing but the workload. */
export const noInputSchema = z.object({}).strict();
export type NoInput = z.infer<typeof noInputSchema>;

/** Input of `rollouts-scale`. */
export const scaleInputSchema = z
  .object({
    /** `autoscaler`: changes the bounds of the HorizontalPodAutoscaler instead of the number. */
    target: z.enum(['workload', 'autoscaler']).default('workload'),
    /** Of the workload; needed for it. */
    replicas: replicaCountSchema.optional(),
    /** Of the autoscaler; left out, it stays. */
    minReplicas: replicaCountSchema.min(1).optional(),
    /** Of the autoscaler; left out, it stays. */
    maxReplicas: replicaCountSchema.min(1).optional(),
  })
  .strict();
export type ScaleInput = z.infer<typeof scaleInputSchema>;

/** An image as the container runtimes read it; tag or digest may be left out. */
export const imageReferenceSchema = z
  .string()
  .max(512)
  .refine(text => parseImageReference(text) !== undefined, {
    message: 'is no image: write registry/repository:tag, or registry/repository@sha256:…',
  });

/** Input of `rollouts-set-image`. */
export const setImageInputSchema = z
  .object({
    /** Name of the container, or of an init container. */
    container: z.string().min(1).max(63),
    image: imageReferenceSchema,
  })
  .strict();
export type SetImageInput = z.infer<typeof setImageInputSchema>;

/** Input of `rollouts-suspend-cron-job`. */
export const suspendCronJobInputSchema = z.object({ suspend: z.boolean() }).strict();
export type SuspendCronJobInput = z.infer<typeof suspendCronJobInputSchema>;

/** Input of `rollouts-delete-pod`. */
export const deletePodInputSchema = z.object({ podName: z.string().min(1).max(253) }).strict();
export type DeletePodInput = z.infer<typeof deletePodInputSchema>;
