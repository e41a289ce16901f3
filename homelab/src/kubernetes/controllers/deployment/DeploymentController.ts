import { isEqual } from '../../codec/json';
import type { Deployment, ReplicaSet } from '../../model';
import { resourceTypeOf } from '../../resourceTypes';
import type { Change } from '../../state/ObjectStore';
import type { Controller } from '../ControllerManager';
import {
  controllerManager,
  controllerReference,
  keysFor,
  ownedBy,
  ownerKeys,
  splitKey,
  writeObject,
  writeStatus,
  type ControllerContext,
} from '../ControllerContext';
import {
  byCreation,
  desiredReplicasAnnotation,
  findNewReplicaSet,
  hashLabel,
  maxReplicasAnnotation,
  newReplicaSetAnnotations,
  revisionAnnotation,
  revisionOf,
  templateHash,
} from './revisions';
import { fencepostsOf, newReplicaCount, scaleDownOld, scaleProportionally, specReplicas } from './rolling';
import {
  calculateStatus,
  conditionOf,
  deadlineOf,
  isComplete,
  setCondition,
  withProgress,
  type ConditionState,
} from './status';

const component = 'deployment-controller';
const replicaSetType = resourceTypeOf('ReplicaSet');

/** Rolls Deployments out: ReplicaSets per template, revisions, conditions. */
export class DeploymentController implements Controller {
  readonly name = 'deployment';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    // A Recreate rollout waits for the last old pod to be gone.
    if (change.kind === 'Pod') return change.type === 'DELETED' ? this.recreating(change) : [];
    return keysFor(change, 'Deployment', 'ReplicaSet');
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const deployment = this.context.store.get('Deployment', namespace, name);
    if (!deployment) return undefined;
    const owned = ownedBy(this.context.store, deployment, 'ReplicaSet').sort(byCreation);
    if (deployment.metadata.deletionTimestamp) return this.reportStatus(deployment);
    if (this.reportPause(deployment)) return undefined;
    if (deployment.spec.paused || this.isScaling(deployment, owned)) return this.scaleOnly(deployment, owned);
    this.rollOut(deployment, owned);
    return this.finish(key);
  }

  private recreating(change: Change): string[] {
    const [replicaSet] = ownerKeys(change.object, 'ReplicaSet');
    if (!replicaSet) return [];
    const { namespace, name } = splitKey(replicaSet);
    const owner = this.context.store.get('ReplicaSet', namespace, name);
    return owner ? ownerKeys(owner, 'Deployment') : [];
  }

  /** @returns true when the pause has just begun or ended and the condition that says so was written */
  private reportPause(deployment: Deployment): boolean {
    const reason = conditionOf(deployment.status, 'Progressing')?.reason;
    const isReported = reason === 'DeploymentPaused';
    if (Boolean(deployment.spec.paused) === isReported || reason === 'ProgressDeadlineExceeded') return false;
    const state: ConditionState = deployment.spec.paused
      ? { type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' }
      : { type: 'Progressing', status: 'Unknown', reason: 'DeploymentResumed', message: 'Deployment is resumed' };
    this.writeCondition(deployment, state);
    return true;
  }

  /** Has the number of replicas changed since the active ReplicaSets were scaled? */
  private isScaling(deployment: Deployment, owned: ReplicaSet[]): boolean {
    return owned.some(replicaSet => {
      const desired = replicaSet.metadata.annotations?.[desiredReplicasAnnotation];
      return replicaSet.spec.replicas > 0 && desired !== undefined && Number(desired) !== deployment.spec.replicas;
    });
  }

  private scaleOnly(deployment: Deployment, owned: ReplicaSet[]): undefined {
    const newest = this.syncRevision(deployment, owned, false);
    const active = owned.filter(replicaSet => replicaSet.spec.replicas > 0);
    const newestFull = newest && (newest.status?.availableReplicas ?? 0) === deployment.spec.replicas;
    if (active.length <= 1) {
      const only = active[0] ?? newest;
      if (only) this.scale(deployment, only, deployment.spec.replicas);
    } else if (newest && newestFull && newest.spec.replicas === deployment.spec.replicas) {
      for (const replicaSet of active) if (replicaSet !== newest) this.scale(deployment, replicaSet, 0);
    } else if (deployment.spec.strategy.type === 'RollingUpdate') {
      for (const item of scaleProportionally(deployment, active)) {
        this.scale(deployment, item.replicaSet, item.replicas);
      }
    }
    this.reportStatus(deployment);
  }

  private rollOut(deployment: Deployment, owned: ReplicaSet[]): void {
    const newest = this.syncRevision(deployment, owned, true);
    if (!newest) return;
    const old = owned.filter(replicaSet => replicaSet.metadata.uid !== newest.metadata.uid);
    if (deployment.spec.strategy.type === 'Recreate') {
      for (const replicaSet of old) this.scale(deployment, replicaSet, 0);
      const isEmpty = old.every(replicaSet => ownedBy(this.context.store, replicaSet, 'Pod').length === 0);
      if (isEmpty) this.scale(deployment, newest, deployment.spec.replicas);
      return;
    }
    // As upstream: one step up, or else one step down; the change itself brings the next look.
    if (this.scale(deployment, newest, newReplicaCount(deployment, newest.spec.replicas, old))) return;
    for (const item of scaleDownOld(deployment, newest, old)) this.scale(deployment, item.replicaSet, item.replicas);
  }

  private finish(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const deployment = this.context.store.get('Deployment', namespace, name);
    if (!deployment) return undefined;
    const owned = ownedBy(this.context.store, deployment, 'ReplicaSet').sort(byCreation);
    const newest = findNewReplicaSet(deployment, owned);
    const facts = { newest, all: owned, now: this.context.clock.now() };
    const status = withProgress(deployment, calculateStatus(deployment, facts), facts);
    if (isComplete(deployment, status)) this.dropOldRevisions(deployment, owned, newest);
    writeStatus(this.context, deployment, status);
    const deadline = deadlineOf(deployment, status);
    return deadline === undefined ? undefined : Math.max(1, deadline - facts.now);
  }

  /** Finds or makes the ReplicaSet of the current template and gives both the revision. */
  private syncRevision(deployment: Deployment, owned: ReplicaSet[], mayCreate: boolean): ReplicaSet | undefined {
    const existing = findNewReplicaSet(deployment, owned);
    const old = owned.filter(replicaSet => replicaSet !== existing);
    const revision = Math.max(0, ...old.map(revisionOf)) + 1;
    if (!existing && !mayCreate) return undefined;
    const newest = existing
      ? this.renewReplicaSet(deployment, existing, revision)
      : this.createReplicaSet(deployment, old, revision);
    this.writeRevision(deployment, String(revisionOf(newest)));
    if (!conditionOf(deployment.status, 'Progressing') && existing) {
      this.noteReplicaSet(deployment, 'FoundNewReplicaSet', `Found new replica set "${newest.metadata.name}"`);
    } else if (!existing) {
      this.noteReplicaSet(deployment, 'NewReplicaSetCreated', `Created new replica set "${newest.metadata.name}"`);
    }
    return newest;
  }

  private renewReplicaSet(deployment: Deployment, existing: ReplicaSet, revision: number): ReplicaSet {
    const annotations = newReplicaSetAnnotations(deployment, existing.metadata.annotations, revision);
    const { minReadySeconds } = deployment.spec;
    const isSame = existing.spec.minReadySeconds === minReadySeconds;
    if (isSame && isEqual(annotations, existing.metadata.annotations)) return existing;
    const spec = { ...existing.spec, minReadySeconds };
    return writeObject(this.context, existing, { ...existing, metadata: { ...existing.metadata, annotations }, spec });
  }

  private createReplicaSet(deployment: Deployment, old: ReplicaSet[], revision: number): ReplicaSet {
    const { namespace, name } = deployment.metadata;
    const { template, selector, minReadySeconds, replicas: desired } = deployment.spec;
    const hash = templateHash(template);
    const labels = { ...template.metadata?.labels, [hashLabel]: hash };
    const waitsForOld = deployment.spec.strategy.type === 'Recreate' && specReplicas(old) > 0;
    const replicas = waitsForOld ? 0 : newReplicaCount(deployment, 0, old);
    const replicaSet: ReplicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        annotations: {
          ...newReplicaSetAnnotations(deployment, undefined, revision),
          [desiredReplicasAnnotation]: String(desired),
          [maxReplicasAnnotation]: String(desired + fencepostsOf(deployment).maxSurge),
        },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas,
        ...(minReadySeconds !== undefined && { minReadySeconds }),
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    };
    const options = { manager: controllerManager };
    const created = this.context.resources.create(replicaSetType, replicaSet, options) as ReplicaSet;
    if (replicas > 0) this.recordScaling(deployment, created, { from: 0, to: replicas });
    return created;
  }

  /** @returns true when the number of replicas changed */
  private scale(deployment: Deployment, replicaSet: ReplicaSet, replicas: number): boolean {
    const { namespace, name } = replicaSet.metadata;
    const live = this.context.store.get('ReplicaSet', namespace, name);
    if (!live) return false;
    const annotations = {
      ...live.metadata.annotations,
      [desiredReplicasAnnotation]: String(deployment.spec.replicas),
      [maxReplicasAnnotation]: String(deployment.spec.replicas + fencepostsOf(deployment).maxSurge),
    };
    const next = { ...live, metadata: { ...live.metadata, annotations }, spec: { ...live.spec, replicas } };
    writeObject(this.context, live, next);
    const isChanged = live.spec.replicas !== replicas;
    if (isChanged) this.recordScaling(deployment, live, { from: live.spec.replicas, to: replicas });
    return isChanged;
  }

  private recordScaling(deployment: Deployment, replicaSet: ReplicaSet, step: { from: number; to: number }): void {
    const direction = step.to > step.from ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${step.from} to ${step.to}`;
    this.context.events.record(deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message, component });
  }

  private writeRevision(deployment: Deployment, revision: string): void {
    const live = this.live(deployment);
    if (!live || live.metadata.annotations?.[revisionAnnotation] === revision) return;
    const annotations = { ...live.metadata.annotations, [revisionAnnotation]: revision };
    writeObject(this.context, live, { ...live, metadata: { ...live.metadata, annotations } });
  }

  private noteReplicaSet(deployment: Deployment, reason: string, message: string): void {
    this.writeCondition(deployment, { type: 'Progressing', status: 'True', reason, message });
  }

  private writeCondition(deployment: Deployment, state: ConditionState): void {
    const live = this.live(deployment);
    if (!live) return;
    const conditions = setCondition(live.status?.conditions ?? [], state, this.context.clock.now());
    writeStatus(this.context, live, { ...live.status, conditions });
  }

  private reportStatus(deployment: Deployment): undefined {
    const live = this.live(deployment);
    if (!live) return;
    const all = ownedBy(this.context.store, live, 'ReplicaSet');
    const facts = { newest: findNewReplicaSet(live, all), all, now: this.context.clock.now() };
    writeStatus(this.context, live, calculateStatus(live, facts));
  }

  /** Deletes what is over `revisionHistoryLimit`, the oldest revisions first. */
  private dropOldRevisions(deployment: Deployment, owned: ReplicaSet[], newest: ReplicaSet | undefined): void {
    const idle = owned
      .filter(replicaSet => replicaSet !== newest && replicaSet.spec.replicas === 0 && !replicaSet.status?.replicas)
      .sort((left, right) => revisionOf(left) - revisionOf(right));
    const surplus = owned.length - 1 - deployment.spec.revisionHistoryLimit;
    for (const replicaSet of idle.slice(0, Math.max(0, surplus))) {
      this.context.resources.delete(replicaSetType, replicaSet);
    }
  }

  private live(deployment: Deployment): Deployment | undefined {
    return this.context.store.get('Deployment', deployment.metadata.namespace, deployment.metadata.name);
  }
}
