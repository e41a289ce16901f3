import type { Autoscaler } from '@leitstand/plugin-rollouts-common';
import type { AutoscalerMetric, HorizontalPodAutoscaler, MetricValue } from './autoscalerObjects';

/** What holds the replicas of a workload, in words. */
export function autoscalerOf(autoscaler: HorizontalPodAutoscaler): Autoscaler {
  const { spec, status } = autoscaler;
  const current = new Map(status.currentMetrics.map(metric => [nameOf(metric), sideOf(metric)?.current]));
  return {
    name: autoscaler.metadata.name,
    minReplicas: spec.minReplicas,
    maxReplicas: spec.maxReplicas,
    currentReplicas: status.currentReplicas,
    desiredReplicas: status.desiredReplicas,
    metrics: spec.metrics.map(metric => {
      const target = sideOf(metric)?.target ?? {};
      const name = nameOf(metric);
      return { name, target: valueOf(target) ?? '?', current: valueOf(current.get(name) ?? {}, target) };
    }),
    conditions: status.conditions.map(({ type, status: state, reason, message }) => ({
      type,
      status: state,
      reason,
      message,
    })),
    lastScaleAt: status.lastScaleTime ?? undefined,
  };
}

function sideOf(metric: AutoscalerMetric) {
  return metric.resource ?? metric.containerResource ?? metric.pods ?? metric.object ?? metric.external;
}

/** The resource's name (`cpu`), or that of a custom metric. */
function nameOf(metric: AutoscalerMetric): string {
  const side = sideOf(metric);
  return side?.name || side?.metric?.name || metric.type;
}

/** In the form in which the target is given: a status carries several. */
function valueOf(value: MetricValue, like: MetricValue = value): string | undefined {
  if (like.averageUtilization !== undefined) {
    return value.averageUtilization === undefined ? undefined : `${value.averageUtilization} %`;
  }
  const plain = like.averageValue === undefined ? value.value : value.averageValue;
  return plain === undefined ? undefined : String(plain);
}
