import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  RESOURCE_TYPE_SCAFFOLDER_ACTION,
  RESOURCE_TYPE_SCAFFOLDER_TASK,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy, PolicyQuery, PolicyQueryUser } from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_OPERATION_PLAN } from '@leitstand/plugin-operations-common';
import { createOperationConditionalDecision, operationConditions } from '@leitstand/plugin-operations-node';
import type { PolicyConfig } from './config';
import { decisionRowFor, templateActions } from './decisionTable';
import { roleOf } from './roles';

/**
 * Decides by role and {@link decisionTable}. Without a user, or for a user without a role, everything is denied. Calls
 * between plugins never reach a policy: Backstage allows them.
 */
export class LeitstandPolicy implements PermissionPolicy {
  readonly #config: PolicyConfig;

  constructor(config: PolicyConfig) {
    this.#config = config;
  }

  async handle(request: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const { userEntityRef, ownershipEntityRefs } = user.info;
    const role = roleOf({ userEntityRef, ownershipEntityRefs, assignments: this.#config.assignments });
    if (role === undefined || (role === 'guest' && !this.#config.isGuestAllowed)) {
      return { result: AuthorizeResult.DENY };
    }
    const verdict = decisionRowFor(request.permission)[role];
    switch (verdict) {
      case 'allow':
        return { result: AuthorizeResult.ALLOW };
      case 'owner':
        return ifOwner(request.permission, ownershipEntityRefs);
      case 'template-action':
        return ifTemplateAction(request.permission);
      case 'deny':
        return { result: AuthorizeResult.DENY };
      default:
        return verdict satisfies never;
    }
  }
}

/** Allowed on what the claims own: confirmed upstream for operations, as the catalogue says for entities. */
function ifOwner(permission: Permission, claims: string[]): PolicyDecision {
  if (isResourcePermission(permission, RESOURCE_TYPE_OPERATION_PLAN)) {
    return createOperationConditionalDecision(permission, operationConditions.isOwner({ claims }));
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)) {
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'catalog',
      resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
      conditions: { rule: 'IS_ENTITY_OWNER', resourceType: RESOURCE_TYPE_CATALOG_ENTITY, params: { claims } },
    };
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'scaffolder',
      resourceType: RESOURCE_TYPE_SCAFFOLDER_TASK,
      conditions: {
        rule: 'IS_TASK_OWNER',
        resourceType: RESOURCE_TYPE_SCAFFOLDER_TASK,
        params: { createdBy: claims },
      },
    };
  }
  return { result: AuthorizeResult.DENY };
}

/** Allowed for the scaffolder's actions that templates may use. */
function ifTemplateAction(permission: Permission): PolicyDecision {
  if (!isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_ACTION)) return { result: AuthorizeResult.DENY };
  const [first, ...others] = templateActions.map(actionId => ({
    rule: 'HAS_ACTION_ID',
    resourceType: RESOURCE_TYPE_SCAFFOLDER_ACTION,
    params: { actionId },
  }));
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'scaffolder',
    resourceType: RESOURCE_TYPE_SCAFFOLDER_ACTION,
    conditions: { anyOf: [first, ...others] },
  };
}
