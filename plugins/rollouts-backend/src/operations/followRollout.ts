import { ConflictError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { RolloutsErrorCode } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { untilCalled } from '../lib/untilCalled';
import { deploymentType, revisionOf, type Deployment } from '../model/kubernetesObjects';
import { rolloutStatusOf } from '../model/rolloutStatus';
import { Reflector } from '../reflector/Reflector';
import type { SourceState } from '../reflector/SharedSource';

/** Which rollout is followed, and how. */
export interface FollowOptions {
  client: KubernetesClient;
  namespace: string;
  name: string;
  /** Generation that the change made. */
  generation: number;
  /** The stall on record when the change was made; see {@link rolloutStatusOf}. */
  earlierStall: string | null;
  progress(message: string): void;
  signal: AbortSignal;
  /** After how long it gives up, in milliseconds. Default: 900,000. */
  timeoutMs?: number;
}

/**
 * Waits until the rollout is complete; resolves to how it is, in a sentence. An outage of the cluster is sat out.
 *
 * @throws ConflictError with code `ROLLOUT_FAILED`; UpstreamError when trying again cannot help
 */
export async function followRollout(options: FollowOptions): Promise<string> {
  const { client, namespace, name, timeoutMs = 900_000 } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  const selection = { namespace, fieldSelector: `metadata.name=${name}` };
  const reflector = new Reflector({ client, type: deploymentType, selection });
  const lease = reflector.acquire();
  try {
    await reflector.settled(signal);
    for (;;) {
      const outcome = judge(reflector.state, options);
      if (outcome !== undefined) return outcome;
      await untilCalled(done => reflector.onChange(done), signal);
    }
  } catch (error) {
    if (!timeout.aborted || options.signal.aborted) throw error;
    throw rolloutFailed(`${name} is not complete after ${timeoutMs / 1000} s; the cluster goes on with it.`);
  } finally {
    lease[Symbol.dispose]();
    await reflector.close();
  }
}

/** The result, or undefined as long as there is none. */
function judge(state: SourceState<Deployment>, options: FollowOptions): string | undefined {
  const { name, progress } = options;
  if (state.problem && !state.problem.retryable) throw state.problem;
  if (state.status !== 'live') {
    progress(`${state.problem?.message ?? 'The cluster is not read.'} Trying again.`);
    return undefined;
  }
  const [deployment] = state.objects.values();
  if (!deployment) throw rolloutFailed(`${name} was deleted while it was rolled out.`);
  if (deployment.metadata.generation < options.generation) return undefined;
  const status = rolloutStatusOf(deployment, options.earlierStall);
  switch (status.state) {
    case 'done':
      return `${name} runs revision ${revisionOf(deployment) ?? 'unknown'}: ${status.message}.`;
    case 'failed':
      throw rolloutFailed(`${status.message}. Look at the workload's pods and events.`);
    case 'waiting':
      progress(status.message);
      return undefined;
    default:
      throw new Error(`Unknown state ${String(status.state satisfies never)}`);
  }
}

function rolloutFailed(message: string): Error {
  return withCode<Error, RolloutsErrorCode>(new ConflictError(message), 'ROLLOUT_FAILED');
}
