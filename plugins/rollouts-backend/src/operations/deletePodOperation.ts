import { NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { PlanWarning } from '@leitstand/plugin-operations-common';
import type { ApplyContext } from '@leitstand/plugin-operations-node';
import {
  DELETE_POD_OPERATION,
  deletePodInputSchema,
  deletePodPermission,
  workloadKindSchema,
  type DeletePodInput,
  type RolloutsErrorCode,
} from '@leitstand/plugin-rollouts-common';
import { z } from 'zod/v3';
import type { KubernetesClient } from '../client/KubernetesClient';
import { podType, type KubernetesPod } from '../model/kubernetesObjects';
import { formatLabelSelector } from '../model/rollbackDocuments';
import { documentTypeOf, type WorkloadDocument } from '../model/workloadDocuments';
import { defineWorkloadOperation } from './defineWorkloadOperation';
import { followEveryMs, sitOut } from './followRollout';
import { checkIdentity, identityBasisOf, identityBasisSchema, nothingToChange, stalePlan } from './objectBasis';
import { isNotFound } from './patchGuarded';
import { podOwnerOf, type PodOwner } from './podOwner';
import type { WorkloadReader } from './WorkloadReader';

const deletePodBasisSchema = identityBasisSchema.extend({ podUid: z.string() });
type Context = ApplyContext<DeletePodInput, z.infer<typeof deletePodBasisSchema>>;

/** How long a pod may take to end, in milliseconds; its grace period is part of it. */
const goneTimeoutMs = 900_000;

/** Deletes one pod of a workload, so that a new one takes its place. */
export function createDeletePodOperation(workloads: WorkloadReader) {
  return defineWorkloadOperation(workloads, {
    id: DELETE_POD_OPERATION,
    title: 'Delete pod',
    description: 'Deletes one pod of the workload; whatever keeps the workload running makes a new one.',
    permission: deletePodPermission,
    input: deletePodInputSchema,
    basis: deletePodBasisSchema,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'],
    async plan({ client, workload, input: { podName }, signal }) {
      const place = { namespace: workload.metadata.namespace, name: podName };
      const { pod, owner } = await readPod(client, { workload, place }, signal);
      if (pod.metadata.deletionTimestamp) throw nothingToChange(`${podName} is ending already.`);
      const { uid } = pod.metadata;
      await client.delete(podType, place, { uid, dryRun: true, signal });
      return {
        summary: `Delete pod ${podName}`,
        changes: [{ label: `pod ${podName}`, before: stateOf(pod), after: 'deleted' }],
        warnings: [...ownerWarnings(owner), ...(await readyWarnings(client, { workload, pod }, signal))],
        undo: { isPossible: false, note: 'A pod that was deleted is gone, and what was only in it as well.' },
        basis: { ...identityBasisOf(workload), podUid: uid },
      };
    },
    async apply(client, context) {
      await context.step('delete', deleteStep(client, context));
      return context.wait('gone', goneWait(client, context));
    },
  });
}

/** @throws NotFoundError with code `POD_NOT_FOUND` when there is none, or it belongs to something else */
async function readPod(
  client: KubernetesClient,
  { workload, place }: { workload: WorkloadDocument; place: { namespace: string; name: string } },
  signal: AbortSignal,
): Promise<{ pod: KubernetesPod; owner: PodOwner }> {
  const pod = await client.get(podType, place, signal).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    return undefined;
  });
  const owner = pod && (await podOwnerOf(client, { pod, workload }, signal));
  if (pod && owner) return { pod, owner };
  throw withCode<Error, RolloutsErrorCode>(
    new NotFoundError(`${workload.metadata.name} has no pod ${place.name}.`),
    'POD_NOT_FOUND',
  );
}

function deleteStep(client: KubernetesClient, context: Context) {
  const place = placeOf(context);
  const { podUid } = context.basis;
  return {
    title: `Delete the pod ${place.name}`,
    async do({ signal }: { signal: AbortSignal }) {
      await checkWorkload(client, context, signal);
      try {
        await client.delete(podType, place, { uid: podUid, dryRun: false, signal });
      } catch (error) {
        if (isNotFound(error)) throw stalePlan(`${place.name} is gone already.`);
        // The precondition: 409 where the name belongs to another pod by now.
        if (await isSamePod(client, context, signal)) throw error;
        throw stalePlan(`${place.name} is another pod by now.`);
      }
    },
    async confirm({ signal }: { signal: AbortSignal }) {
      const pod = await findPod(client, context, signal);
      return pod && !pod.metadata.deletionTimestamp ? ('not-done' as const) : ('done' as const);
    },
  };
}

/** @throws ConflictError with code `PLAN_STALE` when the workload is another, or names another entity */
async function checkWorkload(client: KubernetesClient, { target, basis }: Context, signal: AbortSignal): Promise<void> {
  const place = { namespace: target.namespace ?? '', name: target.name };
  try {
    checkIdentity(await client.get(documentTypeOf(workloadKindSchema.parse(target.kind)), place, signal), basis);
  } catch (error) {
    throw isNotFound(error) ? stalePlan(`${target.name} is gone.`) : error;
  }
}

function goneWait(client: KubernetesClient, context: Context) {
  const { name } = placeOf(context);
  return {
    title: 'Wait until it has ended',
    everyMs: followEveryMs,
    timeoutMs: goneTimeoutMs,
    look: (step: { signal: AbortSignal; progress(message: string): void }) =>
      sitOut(step, async () => {
        if (!(await isSamePod(client, context, step.signal))) return { done: `${name} has ended.` };
        step.progress(`${name} is ending`);
        return 'not-yet' as const;
      }),
  };
}

async function isSamePod(client: KubernetesClient, context: Context, signal: AbortSignal): Promise<boolean> {
  return (await findPod(client, context, signal)) !== undefined;
}

/** The pod of the plan; undefined when it is gone, or the name is another's. */
async function findPod(client: KubernetesClient, context: Context, signal: AbortSignal) {
  try {
    const pod = await client.get(podType, placeOf(context), signal);
    return pod.metadata.uid === context.basis.podUid ? pod : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function placeOf({ target, input }: Context) {
  return { namespace: target.namespace ?? '', name: input.podName };
}

function stateOf(pod: KubernetesPod): string {
  return isReady(pod) ? 'ready' : `not ready (${pod.status.reason ?? pod.status.phase})`;
}

function isReady(pod: KubernetesPod): boolean {
  return pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

function ownerWarnings({ replaces, name }: PodOwner): PlanWarning[] {
  if (replaces) return [];
  return [{ severity: 'warning', message: `Nothing will make a new pod in its place: ${name} wants no more.` }];
}

/** Whether it is the last one that answers. */
async function readyWarnings(
  client: KubernetesClient,
  { workload, pod }: { workload: WorkloadDocument; pod: KubernetesPod },
  signal: AbortSignal,
): Promise<PlanWarning[]> {
  if (workload.kind === 'CronJob') {
    return [{ severity: 'warning', message: 'Its job begins anew in the next pod, as far as it may try again.' }];
  }
  if (!isReady(pod)) return [];
  const { namespace, name } = workload.metadata;
  const labelSelector = formatLabelSelector(workload.spec.selector);
  const { items } = await client.list(podType, { namespace, labelSelector }, signal);
  const others = items.filter(
    other => other.metadata.uid !== pod.metadata.uid && !other.metadata.deletionTimestamp && isReady(other),
  );
  if (others.length > 0) return [];
  return [
    {
      severity: 'warning',
      message: `It is the only ready pod of ${name}: nothing answers until the new one is ready.`,
    },
  ];
}
