import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult, type PolicyDecision, type ResourcePermission } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { withCode } from '@leitstand/plugin-kit-common';
import {
  operationsPermissions,
  operationsReadPermission,
  operationsCancelPermission,
  type OperationErrorCode,
} from '@leitstand/plugin-operations-common';
import {
  operationPlanResourceRef,
  operationPlanRules,
  type Operation,
  type OperationPlanResource,
} from '@leitstand/plugin-operations-node';

type PlanPermission = Operation['permission'];

/** What the policy says about one permission for one person; conditions are still to be applied. */
export class OperationDecision {
  readonly #decision: PolicyDecision;
  readonly #evaluate: (decision: PolicyDecision, resource: OperationPlanResource) => boolean;

  constructor(
    decision: PolicyDecision,
    evaluate: (decision: PolicyDecision, resource: OperationPlanResource) => boolean,
  ) {
    this.#decision = decision;
    this.#evaluate = evaluate;
  }

  /** Whether no resource at all would be allowed; then there is no need to ask upstream about one. */
  get isDenied(): boolean {
    return this.#decision.result === AuthorizeResult.DENY;
  }

  allows(resource: OperationPlanResource): boolean {
    return this.#evaluate(this.#decision, resource);
  }
}

/** Asks the policy on the credentials of a person, and applies its conditions here. */
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
    const own = new Map<string, PlanPermission>([[operationsCancelPermission.name, operationsCancelPermission]]);
    operations.forEach(({ permission }) => own.set(permission.name, permission));
    permissionsRegistry.addPermissions(
      operationsPermissions.filter(permission => permission === operationsReadPermission),
    );
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
  async decide(
    permissions: readonly ResourcePermission[],
    credentials: BackstageCredentials,
  ): Promise<OperationDecision[]> {
    if (permissions.length === 0) return [];
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(decision => new OperationDecision(decision, this.#evaluate));
  }

  /** @throws NotAllowedError with code `OPERATION_NOT_ALLOWED` */
  async authorize(
    permission: ResourcePermission,
    resource: OperationPlanResource,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.decide([permission], credentials);
    if (!decision.allows(resource)) throw notAllowed(resource.entityRef, resource.confirmedOwners);
  }
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
