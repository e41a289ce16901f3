import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult, isResourcePermission, type Permission } from '@backstage/plugin-permission-common';
import type { BigQueryHomelab } from '@leitstand/homelab';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the operations are tested behind the real door
import operationsPlugin from '@leitstand/plugin-operations-backend/plugin';
import {
  isFinished,
  OperationsClient,
  RESOURCE_TYPE_OPERATION_PLAN,
  type PlanRequest,
  type Run,
} from '@leitstand/plugin-operations-common';
import { createOperationConditionalDecision, operationConditions } from '@leitstand/plugin-operations-node';
import { randomUUID } from 'node:crypto';
import operationsModule from '../operations/module';
import { areaConfig } from './startArea';

/** The model of the guide as a Resource. */
export const temperatureEntity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    namespace: 'default',
    name: 'homelab-lamp.weather-analysis.temp-prediction-model',
    annotations: { 'bigquery.googleapis.com/model': 'homelab-lamp.weather_analysis.temp_prediction_model' },
  },
  spec: { type: 'ai-model', owner: 'ml-team' },
};

/** Who may do what. */
export interface DoorPolicy {
  /** Owners on whose things operations are allowed. Default: on everybody's and nobody's. */
  claims?: string[];
  /** Names of permissions that are refused. */
  denied?: string[];
}

/**
 * The door with the operations of this area in front of a homelab's warehouse.
 *
 * @param ownership - `leitstand.ownership`. Default: one group has the whole project of the guide
 * @param policy - what the policy says. Default: everybody may do everything, as administrators
 */
export async function startDoor(
  homelab: BigQueryHomelab,
  entities: Entity[] = [temperatureEntity],
  {
    ownership = [{ group: 'ml-team', bigquery: [{ project: 'homelab-lamp' }] }],
    policy = {},
  }: { ownership?: object[]; policy?: DoorPolicy } = {},
) {
  const decide = async (requests: Array<{ permission: Permission }>) =>
    requests.map(({ permission }) => {
      if (policy.denied?.includes(permission.name)) return { result: AuthorizeResult.DENY };
      return policy.claims && isResourcePermission(permission, RESOURCE_TYPE_OPERATION_PLAN)
        ? createOperationConditionalDecision(permission, operationConditions.isOwner({ claims: policy.claims }))
        : { result: AuthorizeResult.ALLOW };
    });
  const data = {
    ...areaConfig(homelab),
    operations: {
      upstreams: { bigquery: { connections: [{ name: 'homelab', accessToken: homelab.tokens.operator }] } },
    },
    leitstand: { ownership },
  };
  const backend = await startTestBackend({
    features: [
      operationsPlugin,
      operationsModule,
      mockServices.rootConfig.factory({ data }),
      catalogServiceMock.factory({ entities }),
      mockServices.permissions.mock({ authorize: decide as never, authorizeConditional: decide as never }).factory,
    ],
  });
  const baseUrl = `http://localhost:${backend.server.port()}`;
  const client = new OperationsClient({
    discoveryApi: { getBaseUrl: async () => `${baseUrl}/api/operations` },
    fetchApi: {
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: { ...init?.headers, Authorization: mockCredentials.user.header('user:default/olga') },
        }),
    },
  });
  const ended = async (id: string): Promise<Run> => {
    for (;;) {
      const run = await client.getRun(id);
      if (isFinished(run.state)) return run;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };
  return {
    client,
    ended,
    /** Plans, runs, and waits for the end. */
    async carryOut(request: PlanRequest): Promise<Run> {
      const plan = await client.plan(request);
      const { id } = await client.run({ planId: plan.id, idempotencyKey: randomUUID() });
      return ended(id);
    },
    /** Plans and runs what takes a run back. */
    async undo(runId: string): Promise<Run> {
      const plan = await client.planUndo(runId);
      const { id } = await client.run({ planId: plan.id, idempotencyKey: randomUUID() });
      return ended(id);
    },
    [Symbol.asyncDispose]: () => backend.stop(),
  };
}
