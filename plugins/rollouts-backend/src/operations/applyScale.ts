import type { ApplyContext, OperationStep, OperationWait } from '@leitstand/plugin-operations-node';
import { ANNOTATION_LAST_CHANGE, type ScaleInput } from '@leitstand/plugin-rollouts-common';
import type { KubernetesClient } from '../client/KubernetesClient';
import { autoscalerDocumentType, scaleTypeOf, type AutoscalerDocument } from '../model/scaleObjects';
import type { RolloutDocument } from '../model/workloadDocuments';
import { countOf } from '../model/words';
import { changeCauseOf } from './changeCause';
import { followEveryMs, readRollout, rolloutFailed, sitOut } from './followRollout';
import { checkIdentity, stalePlan } from './objectBasis';
import { patchGuarded } from './patchGuarded';
import type { ScaleBasis } from './scaleBasis';
import { boundsOperations, replicasOperation } from './scalePatch';

type Context = ApplyContext<ScaleInput, ScaleBasis>;
type AutoscalerBasis = NonNullable<ScaleBasis['autoscaler']>;

/** How long new replicas may take to be available, in milliseconds. */
const scaleTimeoutMs = 600_000;

/** Sets the number, or the autoscaler's bounds; then waits until the replicas are there. */
export async function applyScale(client: KubernetesClient, context: Context): Promise<string> {
  const { input, basis, target } = context;
  if (basis.autoscaler) {
    const bounds = boundsOf(input, basis.autoscaler);
    await context.step('bounds', boundsStep(client, context, basis.autoscaler));
    return `${basis.autoscaler.name} keeps ${target.name} between ${bounds.minReplicas} and ${bounds.maxReplicas} replicas.`;
  }
  const replicas = input.replicas ?? basis.replicas;
  await context.step('scale', scaleStep(client, context, replicas));
  return context.wait('follow', replicasWait(client, context, replicas));
}

/** The Scale carries no annotations: who did it is in the ledger, and the number says whether it was done. */
function scaleStep(client: KubernetesClient, context: Context, replicas: number): OperationStep<void> {
  const { target, basis } = context;
  const place = { namespace: target.namespace ?? '', name: target.name };
  return {
    title: `Set the number of replicas to ${replicas}`,
    async do({ signal }) {
      const workload = await readScalable(client, context, signal);
      await patchGuarded({
        client,
        type: scaleTypeOf(workload.kind),
        place,
        signal,
        async prepare() {
          const current = await readScalable(client, context, signal);
          checkIdentity(current, basis);
          if (current.spec.replicas !== basis.replicas) {
            const count = countOf(current.spec.replicas, 'replica');
            throw stalePlan(`${target.name} has ${count} by now instead of ${basis.replicas}.`);
          }
          return { version: current.metadata, operations: [replicasOperation(replicas)] };
        },
      });
    },
    async confirm({ signal }) {
      const { spec, metadata } = await readScalable(client, context, signal);
      if (metadata.uid !== basis.uid) return 'unknown';
      if (spec.replicas === replicas) return 'done';
      return spec.replicas === basis.replicas ? 'not-done' : 'unknown';
    },
  };
}

function replicasWait(client: KubernetesClient, context: Context, replicas: number): OperationWait<string> {
  const { name } = context.target;
  return {
    title: replicas === 0 ? 'Wait until its pods have ended' : 'Wait until the replicas are available',
    everyMs: followEveryMs,
    timeoutMs: scaleTimeoutMs,
    look: step =>
      sitOut(step, async () => {
        const { metadata, spec, status } = await readScalable(client, context, step.signal);
        if (metadata.uid !== context.basis.uid) throw rolloutFailed(`${name} was deleted and made anew meanwhile.`);
        if (spec.replicas !== replicas) {
          return { done: `${name} was scaled to ${replicas}; meanwhile something else set it to ${spec.replicas}.` };
        }
        const available = status.availableReplicas ?? status.readyReplicas;
        const isTakenUp = status.observedGeneration >= metadata.generation && status.replicas === replicas;
        if (isTakenUp && available >= replicas) return { done: `${name} has ${countOf(replicas, 'replica')}.` };
        step.progress(`${available} of ${replicas} replicas are available`);
        return 'not-yet';
      }),
  };
}

function boundsStep(client: KubernetesClient, context: Context, basis: AutoscalerBasis): OperationStep<void> {
  const place = { namespace: context.target.namespace ?? '', name: basis.name };
  const bounds = boundsOf(context.input, basis);
  return {
    title: `Set the bounds of ${basis.name}`,
    async do({ signal }) {
      const prepare = async () => {
        checkIdentity(await readScalable(client, context, signal), context.basis);
        const autoscaler = await client.get(autoscalerDocumentType, place, signal);
        checkAutoscaler(autoscaler, basis);
        const annotations = {
          ...autoscaler.metadata.annotations,
          [ANNOTATION_LAST_CHANGE]: changeCauseOf('bounds changed', context),
        };
        const cause = { op: 'add' as const, path: '/metadata/annotations', value: annotations };
        return { version: autoscaler.metadata, operations: [...boundsOperations(bounds), cause] };
      };
      await patchGuarded({ client, type: autoscalerDocumentType, place, prepare, signal });
    },
    async confirm({ signal }) {
      const { metadata } = await client.get(autoscalerDocumentType, place, signal);
      return metadata.annotations[ANNOTATION_LAST_CHANGE]?.includes(context.runId) ? 'done' : 'not-done';
    },
  };
}

function boundsOf({ minReplicas, maxReplicas }: ScaleInput, basis: AutoscalerBasis) {
  return { minReplicas: minReplicas ?? basis.minReplicas, maxReplicas: maxReplicas ?? basis.maxReplicas };
}

/** @throws ConflictError with code `PLAN_STALE` */
function checkAutoscaler({ metadata, spec }: AutoscalerDocument, basis: AutoscalerBasis): void {
  const isSame =
    metadata.uid === basis.uid && spec.minReplicas === basis.minReplicas && spec.maxReplicas === basis.maxReplicas;
  if (!isSame) throw stalePlan(`The autoscaler ${basis.name} was changed since the plan.`);
}

async function readScalable(client: KubernetesClient, context: Context, signal: AbortSignal) {
  const workload: RolloutDocument = await readRollout({ client, target: context.target }, signal);
  if (workload.kind !== 'DaemonSet') return workload;
  throw new Error('A DaemonSet has no number of replicas');
}
