import { startKubernetesHomelab, type KubernetesHomelab } from '@leitstand/homelab';
import { OperationTrial } from '../__testUtils__/OperationTrial';

/*
 * What the steps answer when the door asks whether they took effect: the process may have died at any point between.
 */

const frontend = 'Deployment microservices/frontend';

let homelab: KubernetesHomelab;
let trial: OperationTrial;
beforeEach(async () => {
  homelab = await startKubernetesHomelab({ podStartMs: 30 });
  trial = new OperationTrial(homelab);
});
afterEach(async () => {
  await trial[Symbol.asyncDispose]();
  await homelab.close();
});

it('knows of each step whether it took effect, and how to take it back', async () => {
  const plan = await trial.plan('rollouts-rollback', frontend);
  const run = await trial.run('rollouts-rollback', plan);
  // With the output that the next step needs, because the run goes on from here.
  expect(run.confirmations).toEqual(['patch: not-done, done with output']);
  expect(run.outputs.patch).toEqual({ generation: expect.any(Number), earlierStall: null });
  const { metadata } = homelab.objects.get('Deployment', 'microservices', 'frontend')!;
  expect(metadata.annotations?.['kubernetes.io/change-cause']).toBe(
    'rolled back to revision 1 by user:default/olga: because of it (run run-1)',
  );
  expect(await trial.undoOf('rollouts-rollback', plan, run)).toEqual({
    operation: 'rollouts-rollback',
    input: { toRevision: 2 },
  });
});

it('does not claim to know when somebody else was there', async () => {
  const plan = await trial.plan('rollouts-rollback', frontend);
  const other = await trial.plan('rollouts-rollback', frontend);
  await trial.run('rollouts-rollback', other, { runId: 'run-2' });
  const run = trial.run('rollouts-rollback', plan, { runId: 'run-1' });
  await expect(run).rejects.toMatchObject({ code: 'PLAN_STALE' });
});

it('ends when the run is aborted, and leaves nothing open', async () => {
  const plan = await trial.plan('rollouts-rollback', frontend);
  const controller = new AbortController();
  const running = trial.run('rollouts-rollback', plan, { signal: controller.signal });
  controller.abort(new Error('cancelled'));
  await expect(running).rejects.toThrow('cancelled');
  expect(homelab.openWatchCount).toBe(0);
});
