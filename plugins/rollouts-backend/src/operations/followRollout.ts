import { ConflictError } from '@backstage/errors';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import type { OperationTarget } from '@leitstand/plugin-operations-common';
import type { OperationWait, StepContext } from '@leitstand/plugin-operations-node';
import { workloadKindSchema, type RolloutsErrorCode } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { ANNOTATION_REVISION } from '../model/kubernetesObjects';
import { documentTypeOf, type RolloutDocument } from '../model/workloadDocuments';
import { workloadRolloutStatusOf } from '../model/workloadRolloutStatus';
import { isNotFound } from './patchGuarded';
import type { PatchOutput } from './workloadChange';

/** Between two looks at the cluster, in milliseconds. */
export const followEveryMs = 1_000;

/** After how long a rollout is no longer followed, in milliseconds. */
const followTimeoutMs = 900_000;

/** Which rollout is followed. */
export interface FollowOptions extends PatchOutput {
  client: KubernetesClient;
  target: OperationTarget;
}

/** Waits until a rollout is complete; its output is how it is, in a sentence. An outage of the cluster is sat out. */
export function followRollout(options: FollowOptions): OperationWait<string> {
  return {
    title: 'Wait until it runs',
    look: context => sitOut(context, async () => look(options, context)),
    everyMs: followEveryMs,
    timeoutMs: followTimeoutMs,
  };
}

/** Looks; what may pass by itself counts as not yet. */
export async function sitOut<TOutput>(
  { progress }: StepContext,
  lookOnce: () => Promise<{ done: TOutput } | 'not-yet'>,
): Promise<{ done: TOutput } | 'not-yet'> {
  try {
    return await lookOnce();
  } catch (error) {
    if (!(error instanceof UpstreamError) || !(error.retryable || mayBeStarting(error))) throw error;
    progress(`${error.message} Trying again.`);
    return 'not-yet';
  }
}

/**
 * An API server that has just started refuses everybody until it has read tokens and roles. A right that was really taken
 * away is said by the progress, and the run waits for it.
 */
function mayBeStarting({ code }: UpstreamError): boolean {
  return code === 'UPSTREAM_UNAUTHENTICATED' || code === 'UPSTREAM_FORBIDDEN';
}

/** @throws ConflictError with code `ROLLOUT_FAILED` */
async function look(options: FollowOptions, { signal, progress }: StepContext): Promise<{ done: string } | 'not-yet'> {
  const workload = await readRollout(options, signal);
  const { name } = workload.metadata;
  if (workload.metadata.generation < options.generation) return 'not-yet';
  const status = workloadRolloutStatusOf(workload, options.earlierStall);
  switch (status.state) {
    case 'done':
      return { done: `${name} runs ${revisionWords(workload)}: ${status.message}.` };
    case 'failed':
      throw rolloutFailed(`${status.message}. Look at the workload's pods and events.`);
    case 'waiting':
      progress(status.message);
      return 'not-yet';
    default:
      throw new Error(`Unknown state ${String(status.state satisfies never)}`);
  }
}

/** The workload of a run. @throws ConflictError with code `ROLLOUT_FAILED` when it is gone */
export async function readRollout(
  { client, target }: Pick<FollowOptions, 'client' | 'target'>,
  signal: AbortSignal,
): Promise<RolloutDocument> {
  const place = { namespace: target.namespace ?? '', name: target.name };
  try {
    const workload = await client.get(documentTypeOf(workloadKindSchema.parse(target.kind)), place, signal);
    if (workload.kind !== 'CronJob') return workload;
    throw new Error('A CronJob has no rollout');
  } catch (error) {
    throw isNotFound(error) ? rolloutFailed(`${target.name} was deleted meanwhile.`) : error;
  }
}

function revisionWords(workload: RolloutDocument): string {
  if (workload.kind !== 'Deployment') return 'the new template';
  return `revision ${workload.metadata.annotations[ANNOTATION_REVISION] ?? 'unknown'}`;
}

/** An error with code `ROLLOUT_FAILED`. */
export function rolloutFailed(message: string): Error {
  return withCode<Error, RolloutsErrorCode>(new ConflictError(message), 'ROLLOUT_FAILED');
}
