import type { Run } from '@leitstand/plugin-operations-common';
import type { OperationPlanResource } from '@leitstand/plugin-operations-node';
import type { StoredPlan } from '../database/PlanStore';

/** A run, and what the policy decides on. */
export interface RunSubject {
  run: Run;
  resource: OperationPlanResource;
}

/** The same with the plan that it came from. */
export interface RunWithPlan extends RunSubject {
  stored: StoredPlan;
}
