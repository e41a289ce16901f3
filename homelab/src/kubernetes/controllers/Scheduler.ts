import type { KindMap, Pod } from '../model';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import { keyOf, splitKey, writeObject, type ControllerContext } from './ControllerContext';

const component = 'default-scheduler';
/** A pod that fits nowhere is tried again after this time. */
const retryMs = 5_000;

/** Gives each new pod to the schedulable node that has the fewest. */
export class Scheduler implements Controller {
  readonly name = 'scheduler';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    const isWaiting = change.kind === 'Pod' && change.type !== 'DELETED' && !(change.object as Pod).spec.nodeName;
    return isWaiting ? [keyOf(change.object)] : [];
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const pod = this.context.store.get('Pod', namespace, name);
    if (!pod || pod.spec.nodeName || pod.metadata.deletionTimestamp) return undefined;
    const node = this.chooseNode();
    if (!node) {
      const count = this.context.store.list('Node').length;
      const message = `0/${count} nodes are available: ${count} node(s) were unschedulable.`;
      this.context.events.record(pod, { type: 'Warning', reason: 'FailedScheduling', message, component });
      return retryMs;
    }
    writeObject(this.context, pod, { ...pod, spec: { ...pod.spec, nodeName: node } });
    const message = `Successfully assigned ${namespace}/${name} to ${node}`;
    this.context.events.record(pod, { type: 'Normal', reason: 'Scheduled', message, component });
    return undefined;
  }

  private chooseNode(): string | undefined {
    const pods = this.context.store.list('Pod');
    const load = (node: KindMap['Node']) => pods.filter(pod => pod.spec.nodeName === node.metadata.name).length;
    const isOpen = ({ spec }: KindMap['Node']) =>
      !spec?.unschedulable && !spec?.taints?.some(taint => taint.effect !== 'PreferNoSchedule');
    const ranked = this.context.store
      .list('Node')
      .filter(isOpen)
      .map(node => ({ name: node.metadata.name, load: load(node) }))
      .sort((left, right) => left.load - right.load || left.name.localeCompare(right.name));
    return ranked[0]?.name;
  }
}
