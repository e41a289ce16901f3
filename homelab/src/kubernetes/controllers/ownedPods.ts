import type { KubernetesObject, ObjectMeta, Pod, PodSpec, PodTemplate } from '../model';
import { resourceTypeOf } from '../resourceTypes';
import { controllerManager, controllerReference, ownedBy, type ControllerContext } from './ControllerContext';

const podType = resourceTypeOf('Pod');

/** A controller's object that has pods. */
export interface PodOwner {
  owner: KubernetesObject;
  template: PodTemplate;
  /** Who the events name: `job-controller`. */
  component: string;
}

/** What differs from the template; a name is generated from the owner's when none is given. */
export interface PodChanges {
  name?: string;
  labels?: ObjectMeta['labels'];
  spec?: Partial<PodSpec>;
}

/** Creates a pod that the owner controls, and tells of it. @throws ApiError as the API would answer */
export function createPod(context: ControllerContext, podOwner: PodOwner, changes: PodChanges = {}): void {
  const { owner, template, component } = podOwner;
  const { namespace } = owner.metadata;
  const metadata = {
    ...(changes.name ? { name: changes.name } : { name: '', generateName: `${owner.metadata.name}-` }),
    namespace,
    labels: { ...template.metadata?.labels, ...changes.labels },
    annotations: template.metadata?.annotations,
    ownerReferences: [controllerReference(owner)],
  };
  const spec = { ...template.spec, ...changes.spec };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
  const created = context.resources.create(podType, pod, { manager: controllerManager });
  const message = `Created pod: ${created.metadata.name}`;
  context.events.record(owner, { type: 'Normal', reason: 'SuccessfulCreate', message, component });
}

export function deletePod(context: ControllerContext, podOwner: Omit<PodOwner, 'template'>, pod: Pod): void {
  context.resources.delete(podType, pod);
  const message = `Deleted pod: ${pod.metadata.name}`;
  const { owner, component } = podOwner;
  context.events.record(owner, { type: 'Normal', reason: 'SuccessfulDelete', message, component });
}

/** Has none of its containers anything left to do? */
export function isFinishedPod(pod: Pod): boolean {
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
}

/** The owner's pods that run or are about to. */
export function activePodsOf(context: ControllerContext, owner: KubernetesObject): Pod[] {
  return ownedBy(context.store, owner, 'Pod').filter(pod => !pod.metadata.deletionTimestamp && !isFinishedPod(pod));
}
