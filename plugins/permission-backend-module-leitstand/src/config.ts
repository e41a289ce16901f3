import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { roles, type RoleAssignment } from './roles';

/** What the policy knows of an installation. */
export interface PolicyConfig {
  /** Whether the guest may read metadata. Default: false. */
  isGuestAllowed: boolean;
  assignments: RoleAssignment[];
}

const groupRefPattern = /^group:[^:/\s]+\/[^:/\s]+$/;

/**
 * Reads `permission.leitstand`.
 *
 * @throws InputError for a role that does not exist, or a group that is not a full entity reference: either would silently
 *   give nobody the role.
 */
export function readPolicyConfig(config: Config): PolicyConfig {
  const section = config.getOptionalConfig('permission.leitstand');
  return {
    isGuestAllowed: section?.getOptionalBoolean('guest') ?? false,
    assignments: (section?.getOptionalConfigArray('roles') ?? []).map(readAssignment),
  };
}

function readAssignment(config: Config): RoleAssignment {
  return {
    role: readRole(config.getString('role')),
    groups: config.getStringArray('groups').map(readGroup),
  };
}

function readRole(name: string): RoleAssignment['role'] {
  const role = roles.find(candidate => candidate === name);
  if (role === undefined || role === 'guest') {
    throw new InputError(
      `permission.leitstand.roles: '${name}' is not a role that a group can have; use viewer, operator or admin`,
    );
  }
  return role;
}

function readGroup(ref: string): string {
  const normalized = ref.toLocaleLowerCase('en-US');
  if (!groupRefPattern.test(normalized)) {
    throw new InputError(
      `permission.leitstand.roles: '${ref}' is not a full group reference; write it like group:default/platform-team`,
    );
  }
  return normalized;
}
