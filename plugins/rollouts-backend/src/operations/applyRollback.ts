import type { ApplyContext } from '@leitstand/plugin-operations-node';
import type { RollbackInput } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { ANNOTATION_CHANGE_CAUSE } from '../model/kubernetesObjects';
import { rollbackOperations } from '../model/rollback';
import { deploymentDocumentType, replicaSetDocumentType } from '../model/rollbackDocuments';
import { stalledSince } from '../model/rolloutStatus';
import { changeCauseOf } from './changeCause';
import { followRollout } from './followRollout';
import { patchGuarded } from './patchGuarded';
import { checkBasis, type RollbackBasis } from './rollbackBasis';
import type { PatchOutput } from './workloadChange';

type Context = ApplyContext<RollbackInput, RollbackBasis>;

/** Puts the revision's template back, then waits until it runs. */
export async function applyRollback(client: KubernetesClient, context: Context): Promise<string> {
  const patched = await context.step<PatchOutput>('patch', {
    title: `Put back the pod template of revision ${context.basis.toRevision}`,
    do: ({ signal }) => patch(client, context, signal),
    confirm: ({ signal }) => confirmPatch(client, context, signal),
  });
  return context.wait('follow', followRollout({ client, target: context.target, ...patched }));
}

/** Three requests where nothing comes between: Deployment and ReplicaSet at once, then the patch. */
async function patch(client: KubernetesClient, context: Context, signal: AbortSignal): Promise<PatchOutput> {
  const { basis, target } = context;
  const place = { namespace: target.namespace ?? '', name: target.name };
  const cause = changeCauseOf(`rolled back to revision ${basis.toRevision}`, context);
  const patched = await patchGuarded({
    client,
    type: deploymentDocumentType,
    place,
    signal,
    async prepare() {
      const [deployment, replicaSet] = await Promise.all([
        client.get(deploymentDocumentType, place, signal),
        client.get(replicaSetDocumentType, { ...place, name: basis.replicaSet }, signal),
      ]);
      const revision = checkBasis(deployment, replicaSet, basis);
      return { version: deployment.metadata, operations: rollbackOperations(deployment, revision, cause) };
    },
  });
  return { generation: patched.metadata.generation, earlierStall: stalledSince(patched) };
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
