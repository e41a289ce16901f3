import type { PermissionsRegistryService, PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, type PolicyDecision, type ResourcePermission } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  operationsApprovePermission,
  operationsBreakGlassPermission,
  operationsCancelPermission,
  operationsPermissions,
  type OperationErrorCode,
} from '@leitstand/plugin-operations-common';
import {
  operationPlanResourceRef,
  operationPlanRules,
  type Operation,
  type OperationPlanResource,
} from '@leitstand/plugin-operations-node';
import type { Caller, MappedService } from './Caller';

type PlanPermission = Operation['permission'];

/** What is said about one permission for one caller; conditions are still to be applied. */
export interface OperationDecision {
  /** Whether no resource at all would be allowed; then there is no need to ask upstream about one. */
  isDenied: boolean;
  allows(resource: OperationPlanResource): boolean;
}

/** The door's own permissions on plans that only people have: a program neither approves nor passes by a freeze. */
const forPeopleOnly: readonly string[] = [operationsApprovePermission.name, operationsBreakGlassPermission.name];

/**
 * Asks the policy on the credentials of a person, and applies its conditions here. Backstage's permissions allow programs
 * everything, so what the configuration says of them decides.
 */
export class OperationAuthorizer {
  readonly #permissions: PermissionsService;
  readonly #evaluate: (decision: PolicyDecision, resource: OperationPlanResource) => boolean;

  private constructor(
    permissions: PermissionsService,
    evaluate: (decision: PolicyDecision, resource: OperationPlanResource) => boolean,
  ) {
    this.#permissions = permissions;
    this.#evaluate = evaluate;
  }

  /** Registers the permissions and rules of the door and of its operations. */
  static register(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    operations: readonly Operation[];
  }): OperationAuthorizer {
    const { permissions, permissionsRegistry, operations } = options;
    const onPlans = [operationsApprovePermission, operationsBreakGlassPermission, operationsCancelPermission];
    const own = new Map<string, PlanPermission>(onPlans.map(permission => [permission.name, permission]));
    operations.forEach(({ permission }) => own.set(permission.name, permission));
    permissionsRegistry.addPermissions(operationsPermissions.filter(({ name }) => !own.has(name)));
    permissionsRegistry.addResourceType({
      resourceRef: operationPlanResourceRef,
      permissions: [...own.values()],
      rules: Object.values(operationPlanRules),
    });
    return new OperationAuthorizer(
      permissions,
      createConditionAuthorizer(permissionsRegistry.getPermissionRuleset(operationPlanResourceRef)),
    );
  }

  /** One decision for each permission, in the same order; one question to the policy. */
  async decide(permissions: readonly ResourcePermission[], caller: Caller): Promise<OperationDecision[]> {
    const { service, credentials } = caller;
    if (permissions.length === 0) return [];
    if (service) return permissions.map(permission => decideForService(permission, service));
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(decision => ({
      isDenied: decision.result === AuthorizeResult.DENY,
      allows: resource => this.#evaluate(decision, resource),
    }));
  }

  /**
   * What an operation reads besides.
   *
   * @throws NotAllowedError with code `OPERATION_NOT_ALLOWED`
   */
  async authorizeReading({ reads }: Pick<Operation, 'reads'>, entityRef: string, caller: Caller): Promise<void> {
    const { service, credentials } = caller;
    if (!reads || service) return;
    const [{ result }] = await this.#permissions.authorize([{ permission: reads }], { credentials });
    if (result !== AuthorizeResult.ALLOW) throw notAllowed(entityRef);
  }

  /**
   * All of the permissions are needed.
   *
   * @throws NotAllowedError with code `OPERATION_NOT_ALLOWED`
   */
  async authorize(
    permissions: readonly ResourcePermission[],
    resource: OperationPlanResource,
    caller: Caller,
  ): Promise<void> {
    const decisions = await this.decide(permissions, caller);
    if (decisions.every(decision => decision.allows(resource))) return;
    throw notAllowed(resource.entityRef, resource.confirmedOwners);
  }
}

function decideForService(permission: ResourcePermission, service: MappedService): OperationDecision {
  const isDenied = forPeopleOnly.includes(permission.name);
  return {
    isDenied,
    allows: ({ operation, confirmedOwners }) =>
      !isDenied &&
      service.operations.includes(operation) &&
      confirmedOwners.some(owner => service.owners.includes(owner)),
  };
}

/** The refusal of the policy, in words that say who could. */
export function notAllowed(entityRef: string, confirmedOwners: readonly string[] = []): Error {
  const owners = confirmedOwners.length > 0 ? ` Its confirmed owners are ${confirmedOwners.join(', ')}.` : '';
  return withCode(
    new NotAllowedError(
      `Your role does not allow this on ${entityRef}.${owners} Ask an owner, or an administrator of the portal.`,
    ),
    'OPERATION_NOT_ALLOWED' satisfies OperationErrorCode,
  );
}
