import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { startKubernetesHomelab } from '@leitstand/homelab';
import { eventually } from '../__testUtils__/eventually';
import { clusterConfigOf, portalConfigOf } from '../__testUtils__/homelabConfig';
import catalogModule from './module';

it('puts clusters and workloads into a real catalogue, soon after the start', async () => {
  await using homelab = await startKubernetesHomelab();
  const data = {
    ...portalConfigOf([clusterConfigOf(homelab)]),
    rollouts: { catalog: { schedule: { initialDelaySeconds: 0 } } },
    catalog: { processingInterval: { seconds: 1 }, stitchingStrategy: { mode: 'immediate' } },
  };
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModule,
      mockServices.rootConfig.factory({ data }),
      mockServices.scheduler.factory({ includeInitialDelayedTasksOnStartup: true }),
    ],
  });
  try {
    const url = `http://localhost:${backend.server.port()}/api/catalog/entities`;
    const entities = await eventually(
      async () => (await (await fetch(url)).json()) as Entity[],
      found => found.length === 4,
    );
    expect(entities.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      'Component homelab-k3s.caloguessr.caloguessr',
      'Component homelab-k3s.microservices.backend',
      'Component todo-frontend',
      'Resource homelab-k3s',
    ]);
    const backendEntity = entities.find(({ metadata }) => metadata.title === 'backend');
    expect(backendEntity?.relations).toEqual(
      expect.arrayContaining([
        { type: 'dependsOn', targetRef: 'resource:default/homelab-k3s' },
        { type: 'ownedBy', targetRef: 'group:default/todo-team' },
      ]),
    );
  } finally {
    await backend.stop();
  }
  await eventually(
    () => homelab.openWatchCount,
    count => count === 0,
  );
});
