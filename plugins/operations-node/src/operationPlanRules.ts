import { RESOURCE_TYPE_OPERATION_PLAN, type OperationTarget } from '@leitstand/plugin-operations-common';
import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod/v3';

/** What a policy can decide on: who would do which operation to which thing. */
export interface OperationPlanResource {
  operation: string;
  entityRef: string;
  /** Entity references of owners that upstream confirms; what the catalogue claims alone does not count. */
  confirmedOwners: string[];
  target: OperationTarget;
  environment: string | undefined;
  /** Without members whose JSON is longer than 1,000 characters, such as rows. */
  input: Record<string, unknown>;
  requester: string;
}

/** The resource type on which the rules below work; evaluated in process by the operations plugin. */
export const operationPlanResourceRef = createPermissionResourceRef<
  OperationPlanResource,
  Record<string, never>
>().with({ pluginId: 'operations', resourceType: RESOURCE_TYPE_OPERATION_PLAN });

const toQuery = () => ({ anyOf: [] as never });

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'One of the given users or groups is an owner that upstream confirms',
  resourceRef: operationPlanResourceRef,
  paramsSchema: z.object({ claims: z.array(z.string()).describe('Entity references of users and groups') }),
  apply: (resource, { claims }) => resource.confirmedOwners.some(owner => claims.includes(owner)),
  toQuery,
});

const isOperation = createPermissionRule({
  name: 'IS_OPERATION',
  description: 'The operation is one of the given',
  resourceRef: operationPlanResourceRef,
  paramsSchema: z.object({ operations: z.array(z.string()) }),
  apply: (resource, { operations }) => operations.includes(resource.operation),
  toQuery,
});

const isCluster = createPermissionRule({
  name: 'IS_CLUSTER',
  description: 'The target is on one of the given clusters',
  resourceRef: operationPlanResourceRef,
  paramsSchema: z.object({ clusters: z.array(z.string()) }),
  apply: ({ target }, { clusters }) => target.cluster !== undefined && clusters.includes(target.cluster),
  toQuery,
});

const isNamespace = createPermissionRule({
  name: 'IS_NAMESPACE',
  description: 'The target is in one of the given namespaces',
  resourceRef: operationPlanResourceRef,
  paramsSchema: z.object({ namespaces: z.array(z.string()) }),
  apply: ({ target }, { namespaces }) => target.namespace !== undefined && namespaces.includes(target.namespace),
  toQuery,
});

const isEnvironment = createPermissionRule({
  name: 'IS_ENVIRONMENT',
  description: 'The target is in one of the given environments',
  resourceRef: operationPlanResourceRef,
  paramsSchema: z.object({ environments: z.array(z.string()) }),
  apply: ({ environment }, { environments }) => environment !== undefined && environments.includes(environment),
  toQuery,
});

const isWithinReplicaLimit = createPermissionRule({
  name: 'IS_WITHIN_REPLICA_LIMIT',
  description: 'The input asks for no more replicas than the limit; one that asks for none is within it',
  resourceRef: operationPlanResourceRef,
  paramsSchema: z.object({ limit: z.number().int().min(0) }),
  apply: ({ input: { replicas } }, { limit }) =>
    replicas === undefined || (typeof replicas === 'number' && replicas <= limit),
  toQuery,
});

const isNotRequester = createPermissionRule({
  name: 'IS_NOT_REQUESTER',
  description: 'The given user is not the one who asked for it',
  resourceRef: operationPlanResourceRef,
  paramsSchema: z.object({ user: z.string().describe('Entity reference of a user') }),
  apply: ({ requester }, { user }) => requester !== user.toLocaleLowerCase('en-US'),
  toQuery,
});

/** All rules, by their names; the operations plugin registers them. */
export const operationPlanRules = {
  ...{ isOwner, isOperation, isCluster, isNamespace, isEnvironment },
  ...{ isWithinReplicaLimit, isNotRequester },
};

/** For policies: `operationConditions.isOwner({ claims })` and the decision that carries such conditions. */
export const { conditions: operationConditions, createConditionalDecision: createOperationConditionalDecision } =
  createConditionExports({ resourceRef: operationPlanResourceRef, rules: operationPlanRules });
