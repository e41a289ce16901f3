import type { V1Deployment } from '@kubernetes/client-node';
import type { Target } from './target';

/** Images that every cluster can pull, and one that does not exist. */
export const images = {
  first: 'registry.k8s.io/pause:3.9',
  second: 'registry.k8s.io/pause:3.10',
  missing: 'registry.k8s.io/pause:does-not-exist',
};

/** A small Deployment. */
export function deployment(name: string, image: string): V1Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, annotations: { 'kubernetes.io/change-cause': `use ${image}` } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'main', image }] },
      },
    },
  };
}

/** Asks again and again until the answer is good. @throws Error when it is not in time */
export async function until<T>(target: Target, ask: () => Promise<T>, isGood: (answer: T) => boolean): Promise<T> {
  const endsAt = Date.now() + target.patienceMs;
  for (;;) {
    const answer = await ask();
    if (isGood(answer)) return answer;
    if (Date.now() > endsAt) throw new Error(`not within ${target.patienceMs} ms: ${isGood.toString()}`);
    await new Promise(resolve => setTimeout(resolve, target.lookMs));
  }
}

/** Is the rollout over, as `kubectl rollout status` sees it? */
export function isRolledOut({ metadata, spec, status }: V1Deployment): boolean {
  const replicas = spec?.replicas ?? 0;
  return (
    (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    status?.updatedReplicas === replicas &&
    status.replicas === replicas &&
    status.availableReplicas === replicas
  );
}
