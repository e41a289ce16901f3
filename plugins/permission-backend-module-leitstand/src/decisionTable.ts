import { isResourcePermission, type Permission } from '@backstage/plugin-permission-common';
import { RESOURCE_TYPE_SCAFFOLDER_ACTION } from '@backstage/plugin-scaffolder-common/alpha';
import { RESOURCE_TYPE_OPERATION_PLAN } from '@leitstand/plugin-operations-common';
import type { Role } from './roles';

/**
 * `owner`: allowed on what the person or the person's groups own. `template-action`: allowed for {@link templateActions}.
 * Both are decided where the resource is known.
 */
export type Verdict = 'allow' | 'deny' | 'owner' | 'template-action';

/** What one kind of permission means for each role. */
export interface DecisionRow extends Record<Role, Verdict> {
  /** Says which permissions the row is about. */
  matches: (permission: Permission) => boolean;
  /** Why the row is as it is. */
  because: string;
}

/** Words in a permission's name that say that it shows what is inside a thing (lines, messages, rows), not that it exists. */
const contentWords = new Set(['content', 'log', 'logs', 'message', 'messages', 'object', 'objects', 'row', 'rows']);

const everybody = { guest: 'allow', viewer: 'allow', operator: 'allow', admin: 'allow' } as const;
const signedIn = { guest: 'deny', viewer: 'allow', operator: 'allow', admin: 'allow' } as const;
const operators = { guest: 'deny', viewer: 'deny', operator: 'allow', admin: 'allow' } as const;
const owners = { guest: 'deny', viewer: 'deny', operator: 'owner', admin: 'allow' } as const;
const ownTasks = { guest: 'deny', viewer: 'owner', operator: 'owner', admin: 'allow' } as const;
const templateAuthors = {
  guest: 'deny',
  viewer: 'deny',
  operator: 'template-action',
  admin: 'template-action',
} as const;
const admins = { guest: 'deny', viewer: 'deny', operator: 'deny', admin: 'allow' } as const;
const nobody = { guest: 'deny', viewer: 'deny', operator: 'deny', admin: 'deny' } as const;

/** The policy. The first row that matches decides; the last one matches everything. */
const decisionTable: readonly DecisionRow[] = [
  {
    matches: named('kubernetes.proxy'),
    ...nobody,
    because: 'One permission for every verb, exec and deletion included: it would be a second door for writes.',
  },
  {
    matches: named('operations.run.approve'),
    ...operators,
    because: 'Who decides on a run is said by operations.approvals; the role only has to be one that changes things.',
  },
  {
    matches: named('operations.run.break-glass', 'operations.freeze'),
    ...admins,
    because: 'What a team has agreed on is set and passed by by admins, on record.',
  },
  {
    matches: permission => isResourcePermission(permission, RESOURCE_TYPE_OPERATION_PLAN) && !isRead(permission),
    ...owners,
    because: 'An operator runs operations on what their groups own, as confirmed upstream.',
  },
  {
    matches: named('catalog.entity.read', 'catalog.location.read'),
    ...everybody,
    because: 'The catalogue is metadata.',
  },
  {
    matches: named(
      'catalog.entity.create',
      'catalog.location.create',
      'catalog.location.analyze',
      'catalog.entity.validate',
    ),
    ...operators,
    because: 'Registering an entity grants nothing: operations ask upstream who owns a thing.',
  },
  {
    matches: named('catalog.entity.delete', 'catalog.entity.refresh'),
    ...owners,
    because: 'An operator looks after the entities of their own groups.',
  },
  {
    matches: named('catalog.location.delete'),
    ...admins,
    because: 'It carries no resource, so it cannot be limited to an owner.',
  },
  {
    matches: named('scaffolder.template.parameter.read', 'scaffolder.template.step.read'),
    ...everybody,
    because: 'What a template asks and does is metadata.',
  },
  {
    matches: named('scaffolder.task.create'),
    ...operators,
    because: 'Templates come from the configuration only; what a step may do is decided by the next row.',
  },
  {
    matches: permission => isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_ACTION),
    ...templateAuthors,
    because: 'Actions that change other systems past the door (secrets, webhooks, pipelines) are for nobody.',
  },
  {
    matches: named('scaffolder.task.read'),
    ...ownTasks,
    because: 'What somebody filled in and what came of it is for that person; what was done is in Activity.',
  },
  {
    matches: named('scaffolder.task.cancel'),
    ...owners,
    because: 'One cancels what one has started.',
  },
  {
    matches: named('rollouts.log.read'),
    ...signedIn,
    because: 'Logs are content: for people who signed in, not for guests.',
  },
  {
    matches: named('ml-models.predict', 'ml-models.job.read'),
    ...signedIn,
    because: 'A prediction is a billed query on content, and jobs say who ran them: not for guests.',
  },
  {
    matches: named('connections.health.read'),
    ...operators,
    because: 'How the portal itself is names its processes and says which doors are open: for those who act on it.',
  },
  {
    matches: permission => isRead(permission) && isContent(permission),
    ...admins,
    because: 'Content is read with a permission of its own; an area that offers it adds its row above.',
  },
  {
    matches: permission => isRead(permission) && /^(rollouts|operations|ml-models)\./.test(permission.name),
    ...everybody,
    because: 'How workloads and models are and what was done to them is metadata.',
  },
  {
    matches: isRead,
    ...signedIn,
    because: 'A read that nobody has thought of is for people who signed in.',
  },
  {
    matches: () => true,
    ...admins,
    because: 'Default deny: whatever is not plainly a read counts as a write.',
  },
];

/**
 * The scaffolder's actions that templates may use, for everybody who may create. Work in the task's own folder, the
 * exempt `catalog:*` and `publish:*`, and the door.
 */
export const templateActions: readonly string[] = [
  ...['debug:log', 'debug:wait'],
  'dry-run:extract', // the scaffolder puts it before and after the steps of a dry run
  ...['fetch:plain', 'fetch:plain:file', 'fetch:template', 'fetch:template:file'],
  ...['workspace:template', 'workspace:template:file'],
  ...['fs:delete', 'fs:read', 'fs:readdir', 'fs:rename'],
  ...['catalog:fetch', 'catalog:register', 'catalog:write'],
  ...['publish:gitea', 'publish:github', 'publish:gitlab'],
  ...['operations:run', 'operations:undo'],
];

/** The row that decides about a permission. */
export function decisionRowFor(permission: Permission): DecisionRow {
  const row = decisionTable.find(candidate => candidate.matches(permission));
  if (!row) {
    throw new Error('The decision table has no last row that matches everything');
  }
  return row;
}

function named(...names: string[]): DecisionRow['matches'] {
  return permission => names.includes(permission.name);
}

function isRead(permission: Permission): boolean {
  return permission.attributes.action === 'read';
}

function isContent(permission: Permission): boolean {
  return permission.name.split(/[.\-]/).some(word => contentWords.has(word));
}
