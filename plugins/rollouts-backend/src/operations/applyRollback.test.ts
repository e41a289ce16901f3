import { ConfigReader } from '@backstage/config';
import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import type { ApplyContext, JsonValue, OperationStep } from '@leitstand/plugin-operations-node';
import type { RollbackInput } from '@leitstand/plugin-rollouts-common';
import { eventually } from '../__testUtils__/eventually';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import { applyRollback } from './applyRollback';
import { createRollbackOperation } from './rollbackOperation';
import type { RollbackBasis } from './rollbackBasis';
import { WritableClusters } from './WritableClusters';

/*
 * What the steps answer when the door asks whether they took effect: the process may have died at any point between.
 */

const { signal } = new AbortController();
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'todo-frontend',
    annotations: {
      'backstage.io/kubernetes-cluster': 'homelab-k3s',
      'backstage.io/kubernetes-namespace': 'microservices',
      'backstage.io/kubernetes-id': 'frontend',
    },
  },
};

let homelab: KubernetesHomelab;
let clusters: WritableClusters;
beforeEach(async () => {
  homelab = await startKubernetesHomelab({ podStartMs: 300 });
  const token = homelab.tokens.operator;
  clusters = WritableClusters.fromConfig(
    new ConfigReader(portalConfigOf([clusterConfigOf(homelab)], [{ name: 'homelab-k3s', token }])),
  );
});
afterEach(async () => {
  clusters.close();
  await homelab.close();
});

/** A run that asks each step for its confirmation before and after it is done. */
async function prepareRun(runId: string) {
  const operation = createRollbackOperation({ clusters });
  const common = { entity, entityRef: 'component:default/todo-frontend', input: {}, signal };
  const resolved = await operation.resolve(common);
  const { basis } = await operation.plan({ ...common, resolved, requester: 'user:default/olga' });
  const confirmations: string[] = [];
  const context: ApplyContext<RollbackInput, RollbackBasis> = {
    runId,
    entityRef: 'component:default/todo-frontend',
    target: resolved.target,
    input: {},
    basis,
    requester: 'user:default/olga',
    reason: 'a\nreason',
    signal,
    async step<TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>) {
      confirmations.push(`${key}: ${JSON.stringify(await step.confirm({ signal }))}`);
      const output = await step.do({ signal, progress: () => {} });
      confirmations.push(`${key}: ${JSON.stringify(await step.confirm({ signal }))}`);
      return output;
    },
    wait: () => Promise.reject(new Error('A rollback waits in its last step')),
    secret: reference => {
      throw new Error(`A rollback has no secret ${reference.secretRef}`);
    },
  };
  return { confirmations, context, apply: () => applyRollback(clusters.get('homelab-k3s'), context) };
}

it('knows of each step whether it took effect', async () => {
  const { apply, confirmations } = await prepareRun('run-1');
  await apply();
  expect(confirmations).toEqual([
    'patch: "not-done"',
    // With the output that the next step needs, because the run goes on from here.
    expect.stringMatching(/^patch: \{"output":\{"generation":\d+,"earlierStall":null\}\}$/),
    'follow: "not-done"',
    'follow: "done"',
  ]);
  const { metadata } = homelab.objects.get('Deployment', 'microservices', 'frontend')!;
  expect(metadata.annotations?.['kubernetes.io/change-cause']).toContain('a reason (run run-1)');
});

it('does not claim to know when somebody else was there', async () => {
  const { context } = await prepareRun('run-1');
  const other = await prepareRun('run-2');
  await other.apply();
  const confirmations: unknown[] = [];
  const asking = {
    ...context,
    step: async (_: string, step: OperationStep<never>) => {
      confirmations.push(await step.confirm({ signal }));
      throw new Error('asked');
    },
  };
  await expect(applyRollback(clusters.get('homelab-k3s'), asking as typeof context)).rejects.toThrow('asked');
  expect(confirmations).toEqual(['unknown']);
});

it('ends when the run is aborted, and leaves nothing open', async () => {
  const { context } = await prepareRun('run-1');
  const controller = new AbortController();
  const cancelled = {
    ...context,
    step: <TOutput extends JsonValue | void>(key: string, step: OperationStep<TOutput>) => {
      if (key === 'follow') setTimeout(() => controller.abort(new Error('cancelled')), 30);
      return step.do({ signal: controller.signal, progress: () => {} });
    },
  };
  await expect(applyRollback(clusters.get('homelab-k3s'), cancelled)).rejects.toThrow('cancelled');
  await eventually(
    () => homelab.openWatchCount,
    count => count === 0,
  );
});
