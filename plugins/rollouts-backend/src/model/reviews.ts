import { z } from 'zod/v3';
import type { ReviewType } from '../client/KubernetesClient';

/*
 * What the API server says about whoever asks.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/
 */

/** Who asks; the server's name for the credentials. */
export const selfSubjectReviewType: ReviewType<{ status: { userInfo: { username: string } } }> = {
  group: 'authentication.k8s.io',
  version: 'v1',
  plural: 'selfsubjectreviews',
  kind: 'SelfSubjectReview',
  schema: z.object({ status: z.object({ userInfo: z.object({ username: z.string() }) }) }),
};

/** Whether whoever asks may do something. */
export const selfSubjectAccessReviewType: ReviewType<{ status: { allowed: boolean } }> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  plural: 'selfsubjectaccessreviews',
  kind: 'SelfSubjectAccessReview',
  schema: z.object({ status: z.object({ allowed: z.boolean() }) }),
};
