/** What a person may do, from least to most. `guest` is not given to groups: it is whoever came in without signing in. */
export const roles = ['guest', 'viewer', 'operator', 'admin'] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** A role and the groups whose members have it. */
export interface RoleAssignment {
  role: Exclude<Role, 'guest'>;
  /** Full entity references in lower case. */
  groups: string[];
}

/** Who a person is, and how roles are given out. */
export interface RoleQuestion {
  userEntityRef: string;
  ownershipEntityRefs: string[];
  assignments: RoleAssignment[];
}

/** The entity reference that guest sign-in maps to. */
const guestEntityRef = 'user:default/guest';

/**
 * The highest role among a person's groups. The guest is a guest even when the guest's entity is in a group with a role,
 * because anybody can be the guest.
 *
 * @returns undefined for a person without a role
 */
export function roleOf(question: RoleQuestion): Role | undefined {
  if (question.userEntityRef === guestEntityRef) {
    return 'guest';
  }
  const owned = new Set(question.ownershipEntityRefs.map(ref => ref.toLocaleLowerCase('en-US')));
  const ranks = question.assignments
    .filter(assignment => assignment.groups.some(group => owned.has(group)))
    .map(assignment => roles.indexOf(assignment.role));
  return ranks.length === 0 ? undefined : roles[Math.max(...ranks)];
}
