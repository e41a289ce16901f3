import { UpstreamError } from '@leitstand/plugin-kit-common';
import type { ApplyContext } from '@leitstand/plugin-operations-node';
import type { RollbackInput } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { ANNOTATION_CHANGE_CAUSE, deploymentType } from '../model/kubernetesObjects';
import { rollbackPatch } from '../model/rollback';
import { deploymentDocumentType, replicaSetDocumentType } from '../model/rollbackDocuments';
import { rolloutStatusOf, stalledSince } from '../model/rolloutStatus';
import { FIELD_MANAGER } from './fieldManager';
import { followRollout } from './followRollout';
import { checkBasis, stalePlan, type RollbackBasis } from './rollbackBasis';

type Context = ApplyContext<RollbackInput, RollbackBasis>;

/** What following the rollout needs to know of the patch. */
type PatchOutput = { generation: number; earlierStall: string | null };

/** How often a patch is tried when something about the object changes between reading and patching it. */
const maxAttemptCount = 5;

/** Longest reason that goes into the change cause; the ledger has the whole. */
const maxReasonLength = 200;

/** Puts the revision's template back, then waits until it runs. */
export async function applyRollback(client: KubernetesClient, context: Context): Promise<string> {
  const place = { namespace: context.target.namespace ?? '', name: context.target.name };
  const { generation, earlierStall } = await context.step<PatchOutput>('patch', {
    title: `Put back the pod template of revision ${context.basis.toRevision}`,
    do: ({ signal }) => patch(client, context, signal),
    confirm: ({ signal }) => confirmPatch(client, context, signal),
  });
  return context.step('follow', {
    title: 'Wait until it runs',
    do: ({ signal, progress }) => followRollout({ client, ...place, generation, earlierStall, progress, signal }),
    // It changes nothing, so it may always be done again.
    confirm: async ({ signal }) => {
      const deployment = await client.get(deploymentType, place, signal);
      return rolloutStatusOf(deployment, earlierStall).state === 'done' ? 'done' : 'not-done';
    },
  });
}

/** Three requests where nothing comes between: Deployment and ReplicaSet at once, then the patch. */
async function patch(client: KubernetesClient, context: Context, signal: AbortSignal): Promise<PatchOutput> {
  let refusal: { resourceVersion: string; error: unknown } | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const { deployment, target } = await readBasis(client, context, signal);
    const { namespace, name, resourceVersion } = deployment.metadata;
    // Refused although nothing had changed: it is the change itself that the cluster does not want.
    if (refusal?.resourceVersion === resourceVersion) throw refusal.error;
    try {
      const operations = rollbackPatch(deployment, target, changeCauseOf(context));
      const options = { operations, fieldManager: FIELD_MANAGER, dryRun: false, signal };
      const patched = await client.patch(deploymentDocumentType, { namespace, name }, options);
      return { generation: patched.metadata.generation, earlierStall: stalledSince(patched) };
    } catch (error) {
      if (!mayHaveChanged(error) || attempt === maxAttemptCount) throw error;
      refusal = { resourceVersion, error };
    }
  }
}

async function readBasis(client: KubernetesClient, context: Context, signal: AbortSignal) {
  const { basis, target } = context;
  const namespace = target.namespace ?? '';
  try {
    const [deployment, replicaSet] = await Promise.all([
      client.get(deploymentDocumentType, { namespace, name: target.name }, signal),
      client.get(replicaSetDocumentType, { namespace, name: basis.replicaSet }, signal),
    ]);
    return { deployment, target: checkBasis(deployment, replicaSet, basis) };
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'UPSTREAM_NOT_FOUND') {
      throw stalePlan(`${target.name} or its revision ${basis.toRevision} is gone.`);
    }
    throw error;
  }
}

/** The run's id in the change cause tells whether the patch took effect. */
async function confirmPatch(client: KubernetesClient, context: Context, signal: AbortSignal) {
  const { namespace = '', name } = context.target;
  const { metadata } = await client.get(deploymentDocumentType, { namespace, name }, signal);
  if (metadata.annotations[ANNOTATION_CHANGE_CAUSE]?.includes(context.runId)) {
    // By now the cluster has written its own conditions: a stall is one of this rollout.
    return { output: { generation: metadata.generation, earlierStall: null } satisfies PatchOutput };
  }
  const isUntouched = metadata.uid === context.basis.uid && metadata.generation === context.basis.generation;
  return isUntouched ? 'not-done' : 'unknown';
}

function changeCauseOf(context: Context): string {
  const reason = context.reason ? `: ${context.reason.replace(/\s+/g, ' ').slice(0, maxReasonLength)}` : '';
  return `rolled back to revision ${context.basis.toRevision} by ${context.requester}${reason} (run ${context.runId})`;
}

/** 409, or 422 for a `test` of the patch that does not hold. */
function mayHaveChanged(error: unknown): boolean {
  return error instanceof UpstreamError && (error.upstreamStatus === 409 || error.upstreamStatus === 422);
}
