import type { KubernetesObject } from '../model';
import { resourceTypeOf } from '../resourceTypes';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import type { ControllerContext } from './ControllerContext';

/** Empties a namespace that is being deleted, then removes it. */
export class NamespaceController implements Controller {
  readonly name = 'namespace';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    const { name, namespace, deletionTimestamp } = change.object.metadata;
    if (change.kind === 'Namespace') return deletionTimestamp && change.type !== 'DELETED' ? [name] : [];
    const isEmptying = change.type === 'DELETED' && namespace !== undefined && this.isTerminating(namespace);
    return isEmptying ? [namespace] : [];
  }

  reconcile(name: string): undefined {
    const namespace = this.context.store.get('Namespace', undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    let remaining = 0;
    for (const type of this.context.store.types.filter(candidate => candidate.isNamespaced)) {
      for (const object of this.context.store.list(type.kind, name) as KubernetesObject[]) {
        if (object.metadata.deletionTimestamp || !this.context.resources.delete(type, object).isRemoved) remaining += 1;
      }
    }
    if (remaining === 0) this.context.store.remove(resourceTypeOf('Namespace'), namespace);
  }

  private isTerminating(name: string): boolean {
    return this.context.store.get('Namespace', undefined, name)?.metadata.deletionTimestamp !== undefined;
  }
}
