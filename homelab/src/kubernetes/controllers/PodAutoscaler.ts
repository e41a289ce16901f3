// https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details and
// https://github.com/kubernetes/kubernetes/blob/v1.32.0/pkg/controller/podautoscaler/horizontal.go
import { formatQuantity, parseQuantity } from '../codec/quantity';
import { matchesSelector } from '../codec/selectors';
import { formatTime } from '../codec/timestamp';
import type { Condition, Deployment, HorizontalPodAutoscaler, Kind, MetricSpec, Pod } from '../model';
import type { Change } from '../state/ObjectStore';
import { requestOf, usageOf, type UsageSource } from '../usage';
import type { Controller } from './ControllerManager';
import { keyOf, splitKey, writeObject, writeStatus, type ControllerContext } from './ControllerContext';
import { isFinishedPod } from './ownedPods';
import { isReady } from './podStatus';

const syncMs = 15_000;
const tolerance = 0.1;
const defaultDownscaleWindowSeconds = 300;
const component = 'horizontal-pod-autoscaler';

/** One metric's wish, and how the status shows what was measured. */
interface Measurement {
  replicas: number;
  name: string;
  current: object;
}

/** How many replicas there should be, and why not more or fewer. */
interface Wish {
  replicas: number;
  able: [reason: string, message: string];
  limited: [status: 'True' | 'False', reason: string, message: string];
}

function measure(
  metric: MetricSpec,
  pods: Pod[],
  facts: { source: UsageSource | undefined; current: number },
): Measurement | undefined {
  const { source, current } = facts;
  const { name, target } = metric.resource ?? {};
  if (!name || !target) return undefined;
  const ready = pods.filter(isReady);
  const used = ready.flatMap(pod => [...usageOf(pod, source).values()]);
  const requests = ready.flatMap(pod => pod.spec.containers.map(container => requestOf(container, name)));
  const isMissing = used.length === 0 || (target.type === 'Utilization' && requests.includes(undefined));
  if (isMissing) return undefined;
  const sum = used.reduce(
    (total, usage) => total + (name === 'cpu' ? usage.cpuMillicores / 1_000 : usage.memoryBytes),
    0,
  );
  const requested = requests.reduce<number>((total, request) => total + (request ?? 0), 0);
  const averageUtilization = Math.floor((100 * sum) / requested);
  const averageValue = formatQuantity(name === 'cpu' ? sum / ready.length : Math.round(sum / ready.length));
  const ratio =
    target.type === 'Utilization'
      ? averageUtilization / (target.averageUtilization ?? 80)
      : sum / ready.length / parseQuantity(target.averageValue ?? '1');
  return {
    replicas: Math.abs(1 - ratio) <= tolerance ? current : Math.ceil(ratio * ready.length),
    name,
    current: { ...(target.type === 'Utilization' && { averageUtilization }), averageValue },
  };
}

/** Scales what a HorizontalPodAutoscaler points at by the usage of its pods. */
export class PodAutoscaler implements Controller {
  readonly name = 'podautoscaler';
  /** Recommendations within the downscale window, by uid. */
  private readonly recommendations = new Map<string, { atMs: number; replicas: number }[]>();
  private readonly syncedAtMs = new Map<string, number>();

  constructor(
    private readonly context: ControllerContext,
    private readonly usage: UsageSource | undefined,
  ) {}

  keysOf(change: Change): string[] {
    if (change.kind !== 'HorizontalPodAutoscaler') return [];
    if (change.type === 'DELETED') {
      this.recommendations.delete(change.object.metadata.uid ?? '');
      this.syncedAtMs.delete(keyOf(change.object));
      return [];
    }
    return [keyOf(change.object)];
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const autoscaler = this.context.store.get('HorizontalPodAutoscaler', namespace, name);
    if (!autoscaler) return undefined;
    const now = this.context.clock.now();
    // Its own status is no reason to look again before the time.
    const nextMs = (this.syncedAtMs.get(key) ?? -Infinity) + syncMs;
    if (now < nextMs) return nextMs - now;
    this.syncedAtMs.set(key, now);
    this.sync(autoscaler);
    return syncMs;
  }

  private sync(autoscaler: HorizontalPodAutoscaler): void {
    const { scaleTargetRef, metrics } = autoscaler.spec;
    const { namespace } = autoscaler.metadata;
    const isKnown = ['Deployment', 'ReplicaSet', 'StatefulSet'].includes(scaleTargetRef.kind);
    const target = isKnown
      ? (this.context.store.get(scaleTargetRef.kind as Kind, namespace, scaleTargetRef.name) as Deployment | undefined)
      : undefined;
    if (!target) {
      const message = `the HPA controller was unable to get the target's current scale: ${scaleTargetRef.name} not found`;
      return this.fail(autoscaler, 0, ['AbleToScale', 'FailedGetScale', message]);
    }
    const current = target.spec.replicas;
    if (current === 0) {
      const message = 'scaling is disabled since the replica count of the target is zero';
      return this.fail(autoscaler, 0, ['ScalingActive', 'ScalingDisabled', message]);
    }
    const pods = this.context.store
      .list('Pod', namespace)
      .filter(pod => matchesSelector(target.spec.selector, pod.metadata.labels) && !isFinishedPod(pod))
      .filter(pod => !pod.metadata.deletionTimestamp);
    const measured = metrics.flatMap(metric => measure(metric, pods, { source: this.usage, current }) ?? []);
    if (measured.length === 0) {
      const message = 'the HPA was unable to compute the replica count: failed to get resource utilization: no metrics';
      return this.fail(autoscaler, current, ['ScalingActive', 'FailedGetResourceMetric', message]);
    }
    const highest = measured.reduce((most, other) => (other.replicas > most.replicas ? other : most));
    const wish = this.limit(autoscaler, current, highest.replicas);
    if (wish.replicas !== current) this.rescale(autoscaler, target, { wish, metric: highest.name });
    return this.report(autoscaler, { current, measured, metric: highest.name, wish });
  }

  /** Keeps a wish within bounds, pace and the downscale window. */
  private limit(autoscaler: HorizontalPodAutoscaler, current: number, wanted: number): Wish {
    const { minReplicas, maxReplicas, behavior } = autoscaler.spec;
    const stable = this.stabilize(autoscaler, current, wanted);
    const windowSeconds = behavior?.scaleDown?.stabilizationWindowSeconds ?? defaultDownscaleWindowSeconds;
    const able: Wish['able'] =
      stable > wanted && windowSeconds > 0
        ? [
            'ScaleDownStabilized',
            'recent recommendations were higher than current one, applying the highest recent recommendation',
          ]
        : ['ReadyForNewScale', 'recommended size matches current size'];
    // The default policy of scaling up: four pods or as many again within one sync, whatever is more.
    const paced = Math.max(current * 2, current + 4);
    const bounded = Math.min(Math.max(stable, minReplicas), maxReplicas);
    const limits: [boolean, string, string][] = [
      [stable > maxReplicas, 'TooManyReplicas', 'the desired replica count is more than the maximum replica count'],
      [stable < minReplicas, 'TooFewReplicas', 'the desired replica count is less than the minimum replica count'],
      [bounded > paced, 'ScaleUpLimit', 'the desired replica count is increasing faster than the maximum scale rate'],
    ];
    const hit = limits.find(([isHit]) => isHit);
    return {
      replicas: Math.min(bounded, paced),
      able,
      limited: hit
        ? ['True', hit[1], hit[2]]
        : ['False', 'DesiredWithinRange', 'the desired count is within the acceptable range'],
    };
  }

  /** The highest recommendation of the window when it would go down. */
  private stabilize({ metadata, spec }: HorizontalPodAutoscaler, current: number, wanted: number): number {
    const now = this.context.clock.now();
    const windowSeconds = spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? defaultDownscaleWindowSeconds;
    const uid = metadata.uid ?? '';
    const before = this.recommendations.get(uid) ?? [{ atMs: now, replicas: current }];
    const recent = [
      ...before.filter(({ atMs }) => atMs > now - windowSeconds * 1_000),
      { atMs: now, replicas: wanted },
    ];
    this.recommendations.set(uid, recent);
    return wanted >= current ? wanted : Math.min(current, Math.max(...recent.map(({ replicas }) => replicas)));
  }

  private rescale(autoscaler: HorizontalPodAutoscaler, target: Deployment, why: { wish: Wish; metric: string }): void {
    const { wish, metric } = why;
    const isUp = wish.replicas > target.spec.replicas;
    writeObject(this.context, target, { ...target, spec: { ...target.spec, replicas: wish.replicas } });
    wish.able = ['SucceededRescale', `the HPA controller was able to update the target scale to ${wish.replicas}`];
    const reason = isUp
      ? `${metric} resource utilization (percentage of request) above target`
      : 'All metrics below target';
    const message = `New size: ${wish.replicas}; reason: ${reason}`;
    this.context.events.record(autoscaler, { type: 'Normal', reason: 'SuccessfulRescale', message, component });
  }

  private report(
    autoscaler: HorizontalPodAutoscaler,
    facts: { current: number; measured: Measurement[]; metric: string; wish: Wish },
  ): void {
    const { current, measured, metric, wish } = facts;
    const [limitedStatus, limitedReason, limitedMessage] = wish.limited;
    const valid = `the HPA was able to successfully calculate a replica count from ${metric} resource utilization (percentage of request)`;
    writeStatus(this.context, autoscaler, {
      ...(wish.replicas === current
        ? autoscaler.status?.lastScaleTime && { lastScaleTime: autoscaler.status.lastScaleTime }
        : { lastScaleTime: formatTime(this.context.clock.now()) }),
      currentReplicas: current,
      desiredReplicas: wish.replicas,
      currentMetrics: measured.map(({ name, current: value }) => ({
        type: 'Resource',
        resource: { name, current: value },
      })),
      conditions: [
        this.condition(autoscaler, 'AbleToScale', ['True', ...wish.able]),
        this.condition(autoscaler, 'ScalingActive', ['True', 'ValidMetricFound', valid]),
        this.condition(autoscaler, 'ScalingLimited', [limitedStatus, limitedReason, limitedMessage]),
      ],
    });
  }

  private fail(
    autoscaler: HorizontalPodAutoscaler,
    current: number,
    why: [type: string, reason: string, message: string],
  ) {
    const [type, reason, message] = why;
    const others = (autoscaler.status?.conditions ?? []).filter(condition => condition.type !== type);
    const conditions = [...others, this.condition(autoscaler, type, ['False', reason, message])];
    writeStatus(this.context, autoscaler, {
      ...autoscaler.status,
      currentReplicas: current,
      desiredReplicas: current,
      conditions,
    });
    if (reason === 'ScalingDisabled') return;
    this.context.events.record(autoscaler, { type: 'Warning', reason, message, component });
  }

  private condition(
    autoscaler: HorizontalPodAutoscaler,
    type: string,
    [status, reason, message]: [Condition['status'], string, string],
  ): Condition {
    const before = autoscaler.status?.conditions?.find(condition => condition.type === type);
    const now = formatTime(this.context.clock.now());
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : now;
    return { type, status, lastTransitionTime, reason, message };
  }
}
