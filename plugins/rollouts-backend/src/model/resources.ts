import type { ComputeQuantities, ContainerResources } from '@leitstand/plugin-rollouts-common';
import type { PodMetrics } from './clusterObjects';
import type { KubernetesPod, PodTemplate } from './kubernetesObjects';
import { computeQuantitiesOf, sumOfQuantities } from './quantity';

/** What each container of the template asks for and may have, and what its pods use on average. */
export function resourcesOf(
  template: PodTemplate,
  pods: readonly KubernetesPod[],
  metrics: ReadonlyMap<string, PodMetrics>,
): ContainerResources[] {
  const used = new Map<string, ComputeQuantities[]>();
  for (const pod of pods) {
    for (const { name, usage } of metrics.get(pod.metadata.name)?.containers ?? []) {
      used.set(name, [...(used.get(name) ?? []), computeQuantitiesOf(usage)]);
    }
  }
  return template.spec.containers.map(({ name, resources }) => {
    const usage = meanOf(used.get(name) ?? []);
    return {
      container: name,
      requests: computeQuantitiesOf(resources.requests),
      limits: computeQuantitiesOf(resources.limits),
      ...(usage ? { usage } : {}),
    };
  });
}

/** By pod version: a cluster's page asks for all of them at each change. */
const knownRequests = new WeakMap<KubernetesPod, ComputeQuantities>();

/** What a pod asks of its node. Init containers run before the others and are left out, as they seldom ask for more. */
export function requestsOf(pod: KubernetesPod): ComputeQuantities {
  const known = knownRequests.get(pod);
  if (known) return known;
  const requests = sumOfQuantities(pod.spec.containers.map(({ resources }) => computeQuantitiesOf(resources.requests)));
  knownRequests.set(pod, requests);
  return requests;
}

function meanOf(all: readonly ComputeQuantities[]): ComputeQuantities | undefined {
  if (all.length === 0) return undefined;
  const { cpuCores = 0, memoryBytes = 0 } = sumOfQuantities(all);
  return { cpuCores: cpuCores / all.length, memoryBytes: Math.round(memoryBytes / all.length) };
}
