import type { Entity } from '@backstage/catalog-model';
import { entityOf, summaryOf, workloadListOf } from './__testUtils__/testData';
import { createWorkloadHealthApi } from './workloadHealthApi';

const options = { signal: new AbortController().signal };
const other: Entity = { apiVersion: 'v1', kind: 'System', metadata: { name: 'shop' } };

describe('createWorkloadHealthApi', () => {
  it('asks once for all workloads, and takes the worst health of an entity that is several', async () => {
    const items = [summaryOf(), summaryOf({ cluster: 'gke', health: { state: 'healthy', message: '' } })];
    const listWorkloads = jest.fn(async () => workloadListOf({ items }));
    const entities = [entityOf(), other, entityOf({ name: 'backend-2' })];
    const health = await createWorkloadHealthApi({ listWorkloads }).getEntityHealth(entities, options);
    expect([...health]).toEqual([['component:default/backend', 'failed']]);
    expect(listWorkloads.mock.calls).toEqual([
      [{ entityRefs: 'component:default/backend,component:default/backend-2', limit: 500 }, options],
    ]);
  });

  it('asks nothing for entities that are no workloads', async () => {
    const listWorkloads = jest.fn();
    const health = await createWorkloadHealthApi({ listWorkloads }).getEntityHealth([other], options);
    expect(health.size).toBe(0);
    expect(listWorkloads).not.toHaveBeenCalled();
  });
});
