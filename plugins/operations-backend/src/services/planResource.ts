import type { OperationPlanResource } from '@leitstand/plugin-operations-node';
import type { StoredPlan } from '../database/PlanStore';
import type { ConfirmedTarget } from './TargetService';

/** What the policy decides on before there is a plan. */
export function resourceOfTarget(
  confirmed: ConfirmedTarget,
  asked: Pick<OperationPlanResource, 'operation' | 'entityRef' | 'input' | 'requester'>,
): OperationPlanResource {
  return {
    ...asked,
    target: confirmed.resolved.target,
    confirmedOwners: confirmed.confirmedOwners,
    environment: confirmed.environment,
  };
}

/** What the policy decides on when the plan is run, or its run is stopped. */
export function resourceOfPlan({ plan, confirmedOwners }: StoredPlan): OperationPlanResource {
  const { operation, entityRef, target, environment, input, requester } = plan;
  return { operation, entityRef, target, environment, input, requester, confirmedOwners };
}
