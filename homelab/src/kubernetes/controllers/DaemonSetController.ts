// https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
import { matchesSelector } from '../codec/selectors';
import type { DaemonSet, StringMap } from '../model';
import type { Change } from '../state/ObjectStore';
import type { Controller } from './ControllerManager';
import { keyOf, keysFor, splitKey, writeStatus, type ControllerContext } from './ControllerContext';
import { templateHash } from './deployment/revisions';
import { activePodsOf, createPod, deletePod } from './ownedPods';
import { isReady } from './podStatus';

const component = 'daemonset-controller';
const revisionLabel = 'controller-revision-hash';

/** Keeps one pod on every node that a DaemonSet selects, and replaces them one after the other. */
export class DaemonSetController implements Controller {
  readonly name = 'daemonset';

  constructor(private readonly context: ControllerContext) {}

  keysOf(change: Change): string[] {
    if (change.kind === 'Node')
      return change.type === 'MODIFIED' ? [] : this.context.store.list('DaemonSet').map(keyOf);
    return keysFor(change, 'DaemonSet', 'Pod');
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const set = this.context.store.get('DaemonSet', namespace, name);
    if (!set || set.metadata.deletionTimestamp) return;
    const nodeSelector = set.spec.template.spec.nodeSelector as StringMap | undefined;
    const nodes = this.context.store
      .list('Node')
      .filter(node => matchesSelector({ matchLabels: nodeSelector }, node.metadata.labels))
      .map(node => node.metadata.name);
    const revision = templateHash(set.spec.template);
    this.managePods(set, nodes, revision);
    this.report(set, nodes.length, revision);
  }

  private managePods(set: DaemonSet, nodes: string[], revision: string): void {
    const podOwner = { owner: set, template: set.spec.template, component };
    const pods = activePodsOf(this.context, set);
    for (const pod of pods.filter(({ spec }) => !nodes.includes(spec.nodeName ?? ''))) {
      deletePod(this.context, podOwner, pod);
    }
    for (const nodeName of nodes.filter(node => !pods.some(({ spec }) => spec.nodeName === node))) {
      createPod(this.context, podOwner, { labels: { [revisionLabel]: revision }, spec: { nodeName } });
    }
    const old = pods.find(pod => pod.metadata.labels?.[revisionLabel] !== revision);
    const isOpen = pods.length >= nodes.length && pods.every(pod => pod === old || isReady(pod));
    if (old && isOpen && set.spec.updateStrategy?.type !== 'OnDelete') deletePod(this.context, podOwner, old);
  }

  private report(set: DaemonSet, nodeCount: number, revision: string): void {
    const pods = activePodsOf(this.context, set);
    const ready = pods.filter(isReady).length;
    writeStatus(this.context, set, {
      observedGeneration: set.metadata.generation,
      desiredNumberScheduled: nodeCount,
      currentNumberScheduled: pods.length,
      updatedNumberScheduled: pods.filter(pod => pod.metadata.labels?.[revisionLabel] === revision).length,
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: ready,
      ...(ready < nodeCount && { numberUnavailable: nodeCount - ready }),
    });
  }
}
