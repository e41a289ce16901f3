import type { Run } from '@leitstand/plugin-operations-common';
import type { OperationPlanResource } from '@leitstand/plugin-operations-node';
import type { PlanRights, StoredPlan } from '../database/PlanStore';
import { policyInputOf } from '../policyInput';
import type { ConfirmedTarget } from './TargetService';

/** What the policy decides on before there is a plan. */
export function resourceOfTarget(
  confirmed: ConfirmedTarget,
  asked: Pick<OperationPlanResource, 'operation' | 'entityRef' | 'input' | 'requester'>,
): OperationPlanResource {
  return {
    ...asked,
    input: policyInputOf(asked.input),
    target: confirmed.resolved.target,
    confirmedOwners: confirmed.confirmedOwners,
    environment: confirmed.environment,
  };
}

/** What the policy decides on when the plan is run. */
export function resourceOfPlan({ plan, confirmedOwners }: StoredPlan): OperationPlanResource {
  const { operation, entityRef, target, environment, input, requester } = plan;
  return { operation, entityRef, target, environment, input: policyInputOf(input), requester, confirmedOwners };
}

/** The same for the plan's run. */
export function resourceOfRun(run: Run, { input, confirmedOwners }: PlanRights): OperationPlanResource {
  const { operation, entityRef, target, environment, requester } = run;
  return { operation, entityRef, target, environment, input, requester, confirmedOwners };
}
