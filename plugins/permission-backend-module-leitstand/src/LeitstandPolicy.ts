import {
  AuthorizeResult,
  isResourcePermission,
  type ConditionalPolicyDecision,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { PermissionPolicy, PolicyQuery, PolicyQueryUser } from '@backstage/plugin-permission-node';
import type { PolicyConfig } from './config';
import { decisionRowFor } from './decisionTable';
import { roleOf } from './roles';

/** The rule that says "this person's groups own it", by resource type. */
const ownerRules: Record<string, { pluginId: string; rule: string }> = {
  'catalog-entity': { pluginId: 'catalog', rule: 'IS_ENTITY_OWNER' },
  'operation-plan': { pluginId: 'operations', rule: 'IS_OWNER' },
};

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
      case 'deny':
        return { result: AuthorizeResult.DENY };
      default:
        return verdict satisfies never;
    }
  }
}

function ifOwner(permission: Permission, claims: string[]): ConditionalPolicyDecision | PolicyDecision {
  const owner = isResourcePermission(permission) ? ownerRules[permission.resourceType] : undefined;
  if (!isResourcePermission(permission) || !owner) {
    return { result: AuthorizeResult.DENY };
  }
  const { resourceType } = permission;
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: owner.pluginId,
    resourceType,
    conditions: { rule: owner.rule, resourceType, params: { claims } },
  };
}
