// https://kubernetes.io/docs/concepts/architecture/garbage-collection/
import type { KubernetesObject } from '../model';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import { writeObject, type ControllerContext } from './ControllerContext';

/** Deletes what has lost its owner, and lets go of owners that wait for what they own. */
export class GarbageCollector implements Controller {
  readonly name = 'garbage-collector';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    const { uid = '', ownerReferences = [], deletionTimestamp, finalizers } = change.object.metadata;
    if (change.type === 'DELETED') return [uid, ...ownerReferences.map(reference => reference.uid)];
    if (change.type === 'ADDED') return ownerReferences.map(reference => reference.uid);
    return deletionTimestamp && finalizers ? [uid] : [];
  }

  reconcile(uid: string): undefined {
    const dependents = this.context.store.dependentsOf(uid);
    const owner = this.context.store.findByUid(uid);
    if (!owner) {
      for (const dependent of dependents) this.loseOwner(dependent, uid);
      return;
    }
    const { finalizers = [], deletionTimestamp } = owner.metadata;
    if (!deletionTimestamp) return;
    if (finalizers.includes('orphan')) {
      for (const dependent of dependents) this.loseOwner(dependent, uid, 'keep');
      this.dropFinalizer(owner, 'orphan');
    } else if (finalizers.includes('foregroundDeletion')) {
      for (const dependent of dependents.filter(object => !object.metadata.deletionTimestamp)) {
        this.delete(dependent, 'Foreground');
      }
      if (dependents.length === 0) this.dropFinalizer(owner, 'foregroundDeletion');
    }
  }

  /** An object with another owner, or one that is to stay, only forgets this one. */
  private loseOwner(object: KubernetesObject, uid: string, then: 'delete' | 'keep' = 'delete'): void {
    const left = (object.metadata.ownerReferences ?? []).filter(reference => reference.uid !== uid);
    if (then === 'delete' && left.length === 0) {
      this.delete(object, 'Background');
      return;
    }
    const metadata = { ...object.metadata, ownerReferences: left.length > 0 ? left : undefined };
    writeObject(this.context, object, { ...object, metadata });
  }

  private delete(object: KubernetesObject, propagationPolicy: string): void {
    if (object.metadata.deletionTimestamp) return;
    this.context.resources.delete(this.context.store.typeOf(object.kind), object, { propagationPolicy });
  }

  private dropFinalizer(object: KubernetesObject, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter(other => other !== finalizer);
    writeObject(this.context, object, { ...object, metadata: { ...object.metadata, finalizers } });
  }
}
