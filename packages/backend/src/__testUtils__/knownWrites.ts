/**
 * Everything in the server that can write, or looks as if it could, each with the reason why it may be there. A test fails
 * on anything that is not listed, and on anything listed that is there no more.
 */

/** Permissions whose action is not `read`. */
export const knownWritePermissions: Record<string, string> = {
  'catalog.entity.create': 'operators and admins; registering an entity grants nothing',
  'catalog.entity.delete': 'owners and admins',
  'catalog.entity.refresh': 'owners and admins',
  'catalog.entity.validate': 'operators and admins; changes nothing',
  'catalog.ingestion.manage': 'admins',
  'catalog.location.analyze': 'operators and admins; changes nothing',
  'catalog.location.create': 'operators and admins',
  'catalog.location.delete': 'admins, because it cannot be limited to owners',
  'kubernetes.proxy': 'nobody: it would be a second door',
  'operations.freeze': 'admins; keeps the door shut for a time, changes nothing upstream',
  'operations.rollouts.rollback': 'the door; confirmed owners and admins',
  'operations.run.approve': 'the door; the approvers of operations.approvals, never the requester',
  'operations.run.break-glass': 'the door; admins, on record',
  'operations.run.cancel': 'the door; confirmed owners and admins',
  'scaffolder.action.execute': 'operators and admins, for the actions that the policy lists',
  'scaffolder.task.cancel': 'operators their own, and admins',
  'scaffolder.task.create': 'operators and admins; templates come from the configuration only',
  'scaffolder.template.dry-run': 'admins, because the template is pasted; changes nothing',
  'scaffolder.template.management': 'admins; shows an editor, changes nothing',
};

/** Routes that answer other methods than GET, HEAD and OPTIONS, and handlers that see all methods. */
export const knownWriteRoutes: Record<string, string> = {
  'ALL /api': 'ends the search for a plugin that does not exist',
  'ALL /api/<plugin>/.backstage/actions': 'parses bodies',
  'ALL /api/<plugin>/.well-known/backstage/permissions': 'parses bodies',
  'ALL /api/<plugin>/.well-known/backstage/permissions/apply-conditions': 'refuses users',
  'ALL /api/auth/:parameter': 'answers that a sign-in provider does not exist',
  'ALL /api/kubernetes/proxy': 'kubernetes.proxy: denied to everybody',
  'DELETE /.backstage/auth/v1/cookie': "ends the caller's own cookie session",
  'DELETE /api/<plugin>/.backstage/auth/v1/cookie': "ends the caller's own cookie session",
  'DELETE /api/catalog/entities/by-uid/:uid': 'catalog.entity.delete',
  'DELETE /api/catalog/locations/:id': 'catalog.location.delete',
  'DELETE /api/user-settings/buckets/:bucket/keys/:key(*)': "the caller's own settings",
  'POST /api/<plugin>/.backstage/actions/v1/actions/:actionId/invoke': 'actions: listed on their own below',
  'POST /api/<plugin>/.backstage/actions/v2/actions/:actionId/invoke': 'actions: listed on their own below',
  'POST /api/<plugin>/.backstage/scheduler/v1/tasks/:id/cancel': 'closed to everybody by closedRoutes.ts',
  'POST /api/<plugin>/.backstage/scheduler/v1/tasks/:id/trigger': 'closed to everybody by closedRoutes.ts',
  'POST /api/<plugin>/.well-known/backstage/permissions/apply-conditions': 'refuses users; evaluates, changes nothing',
  'POST /api/auth/guest/handler/frame': 'signs in',
  'POST /api/auth/guest/refresh': 'signs in',
  'POST /api/auth/oidc/handler/frame': 'signs in',
  'POST /api/auth/oidc/logout': 'signs out',
  'POST /api/auth/oidc/refresh': "renews the caller's own session",
  'POST /api/catalog/analyze-location': 'catalog.location.analyze',
  'POST /api/catalog/entities/by-query': 'a read: a query too long for an address',
  'POST /api/catalog/entities/by-refs': 'a read: a query too long for an address',
  'POST /api/catalog/entity-facets': 'a read: a query too long for an address',
  'POST /api/catalog/locations': 'catalog.location.create',
  'POST /api/catalog/locations/by-query': 'a read: a query too long for an address',
  'POST /api/catalog/refresh': 'catalog.entity.refresh',
  'POST /api/catalog/validate-entity': 'catalog.entity.validate; changes nothing',
  'POST /api/events/bus/v1/events': 'plugins only',
  'POST /api/kubernetes/resources/custom/query': 'a read: kubernetes.resources.read',
  'POST /api/kubernetes/resources/workloads/query': 'a read: kubernetes.resources.read',
  'POST /api/kubernetes/services/:serviceId': 'a read: kubernetes.resources.read',
  'POST /api/ml-models/v1/models/:project/:dataset/:model/prediction-estimates': 'ml-models.predict; a dry run',
  'POST /api/ml-models/v1/models/:project/:dataset/:model/predictions': 'ml-models.predict; a read that is billed',
  'POST /api/ml-models/v1/models/:project/:dataset/:model/serving-calls': 'ml-models.predict; a GET of an allowed service',
  'POST /api/ml-models/v1/queries/estimate': 'ml-models.predict; a dry run',
  'POST /api/operations/v1/freezes': 'the door: operations.freeze; changes nothing upstream',
  'POST /api/operations/v1/freezes/:id/end': 'the door: operations.freeze; changes nothing upstream',
  'POST /api/operations/v1/plans': "the door: the operation's own permission; changes nothing upstream",
  'POST /api/operations/v1/runs': "the door: the operation's own permission",
  'POST /api/operations/v1/runs/:id/approve': "the door: operations.run.approve, and the run's approvers",
  'POST /api/operations/v1/runs/:id/break-glass':
    "the door: operations.run.break-glass and the operation's own permission",
  'POST /api/operations/v1/runs/:id/cancel': "the door: operations.run.cancel and the operation's own permission",
  'POST /api/operations/v1/runs/:id/reject': "the door: operations.run.approve, and the run's approvers",
  'POST /api/operations/v1/runs/:id/undo-plan':
    "the door: the undoing operation's own permission; changes nothing upstream",
  'POST /api/permission/authorize': 'a question to the policy',
  'POST /api/scaffolder/v2/autocomplete/:provider/:resource':
    'a read of GitHub or GitLab with a token that the caller brings along',
  'POST /api/scaffolder/v2/dry-run': 'scaffolder.template.dry-run; changes nothing',
  'POST /api/scaffolder/v2/tasks': 'scaffolder.task.create',
  'POST /api/scaffolder/v2/tasks/:taskId/cancel': 'scaffolder.task.cancel',
  'POST /api/scaffolder/v2/tasks/:taskId/retry': "scaffolder.task.create, on one's own task",
  'POST /api/user-settings/multiget': "a read of the caller's own settings",
  'PUT /api/catalog/locations/:id': 'closed to everybody by closedRoutes.ts',
  'PUT /api/events/bus/v1/subscriptions/:subscriptionId': 'plugins only',
  'PUT /api/user-settings/buckets/:bucket/keys/:key(*)': "the caller's own settings",
};

/** Actions of the registry that are not read-only. */
export const knownWriteActions: Record<string, string> = {};
