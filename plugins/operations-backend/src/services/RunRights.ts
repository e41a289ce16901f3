import type { UserInfoService } from '@backstage/backend-plugin-api';
import {
  isFinished,
  operationsApprovePermission,
  operationsBreakGlassPermission,
  operationsCancelPermission,
  type Approval,
  type Run,
} from '@leitstand/plugin-operations-common';
import type { Operation, OperationPlanResource } from '@leitstand/plugin-operations-node';
import type { Caller, MappedService } from './Caller';
import { notAllowed, type OperationAuthorizer, type OperationDecision } from './OperationAuthorizer';
import type { OperationRegistry } from './OperationRegistry';
import type { RunSubject } from './RunSubject';
import { approvalNotAllowed, approvalNotWaiting, breakGlassNotAllowed, runFinished } from './runErrors';

/** What the rights stand on. */
export interface RunRightsOptions {
  registry: OperationRegistry;
  authorizer: OperationAuthorizer;
  userInfo: UserInfoService;
  /** The programs that may ask for runs. */
  services: readonly MappedService[];
}

/** Says who may do what with a run, on the caller's credentials. All methods throw what the caller should know. */
export class RunRights {
  readonly #options: RunRightsOptions;
  /** Callers live as long as their request: a list of runs asks once, whoever they are, not once for each run. */
  readonly #claims = new WeakMap<Caller, Promise<string[]>>();
  readonly #decisions = new WeakMap<Caller, Map<string, Promise<OperationDecision>>>();

  constructor(options: RunRightsOptions) {
    this.#options = options;
  }

  /**
   * Of an approval, its approvers, but neither the requester nor who answers for a program that is it; of a confirmation,
   * the requester and whoever may run the operation.
   *
   * @throws ConflictError with code `APPROVAL_NOT_WAITING`; NotAllowedError with code `APPROVAL_NOT_ALLOWED`
   */
  async assertMayDecide({ run, resource }: RunSubject, caller: Caller): Promise<Approval> {
    const { approval } = run;
    if (run.state !== 'awaiting-approval' || !approval || approval.expiresAt <= new Date().toISOString()) {
      throw approvalNotWaiting(run);
    }
    if (caller.face !== 'portal') throw approvalNotAllowed('A person decides on this, in the portal.');
    const { registry } = this.#options;
    if (approval.kind === 'approval') await this.#assertApprover(run, approval, caller);
    const decision = await this.#decide(
      approval.kind === 'approval' ? operationsApprovePermission : registry.get(run.operation).permission,
      caller,
    );
    if (decision.allows(resource)) return approval;
    throw approvalNotAllowed(`Your role does not allow you to decide on the run ${run.id}.`);
  }

  /** @throws ConflictError with code `RUN_FINISHED`; NotAllowedError with code `OPERATION_NOT_ALLOWED` */
  async assertMayCancel({ run, resource }: RunSubject, caller: Caller): Promise<void> {
    const { registry, authorizer } = this.#options;
    const permissions = [operationsCancelPermission, registry.get(run.operation).permission];
    await authorizer.authorize(permissions, resource, caller);
    if (isFinished(run.state)) throw runFinished(run.id);
  }

  /**
   * Only a person in the portal can: an agent or a template never passes by what a team has agreed on.
   *
   * @throws NotAllowedError with code `BREAK_GLASS_NOT_ALLOWED`
   */
  async assertMayBreakGlass(resource: OperationPlanResource, caller: Caller): Promise<void> {
    const { registry, authorizer } = this.#options;
    const permissions = [operationsBreakGlassPermission, registry.get(resource.operation).permission];
    const decisions = await authorizer.decide(permissions, caller);
    if (caller.face === 'portal' && decisions.every(decision => decision.allows(resource))) return;
    throw breakGlassNotAllowed();
  }

  /**
   * Who may not run the operation does not get as far as asking how to take it back; the undoing operation is authorised
   * when it is planned.
   *
   * @throws NotAllowedError with code `OPERATION_NOT_ALLOWED`
   */
  async assertMayUndo({ run, resource }: RunSubject, caller: Caller): Promise<void> {
    const [decision] = await this.#options.authorizer.decide(
      [this.#options.registry.get(run.operation).permission],
      caller,
    );
    if (!decision.allows(resource)) throw notAllowed(run.entityRef, resource.confirmedOwners);
  }

  async #assertApprover(run: Run, approval: Approval, caller: Caller): Promise<void> {
    if (run.requester === caller.requester) {
      throw approvalNotAllowed('You asked for this run yourself: somebody else has to say yes.');
    }
    const claims = await this.#claimsOf(caller);
    const program = this.#options.services.find(({ requester }) => requester === run.requester);
    if (program?.responsible.some(ref => claims.includes(ref))) {
      throw approvalNotAllowed(
        `You answer for ${run.requester}, which asked for this run: somebody else has to say yes.`,
      );
    }
    if (approval.approvers.some(approver => claims.includes(approver))) return;
    throw approvalNotAllowed(`This run waits for ${approval.approvers.join(', ')}, and you are none of them.`);
  }

  #claimsOf(caller: Caller): Promise<string[]> {
    const { userInfo } = this.#options;
    const claims =
      this.#claims.get(caller) ??
      userInfo
        .getUserInfo(caller.credentials)
        .then(({ ownershipEntityRefs }) =>
          [caller.requester, ...ownershipEntityRefs].map(ref => ref.toLocaleLowerCase('en-US')),
        );
    this.#claims.set(caller, claims);
    return claims;
  }

  #decide(permission: Operation['permission'], caller: Caller): Promise<OperationDecision> {
    const decisions = this.#decisions.get(caller) ?? new Map<string, Promise<OperationDecision>>();
    this.#decisions.set(caller, decisions);
    const decision =
      decisions.get(permission.name) ??
      this.#options.authorizer.decide([permission], caller).then(([decided]) => decided);
    decisions.set(permission.name, decision);
    return decision;
  }
}
