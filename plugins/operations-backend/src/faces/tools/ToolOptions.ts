import type { AuditorService, PermissionsService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { AvailabilityService } from '../../services/AvailabilityService';
import type { Callers } from '../../services/Callers';
import type { OperationRegistry } from '../../services/OperationRegistry';
import type { PlanService } from '../../services/PlanService';
import type { RunService } from '../../services/RunService';

/** What the tools stand on. */
export interface ToolOptions {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  availability: AvailabilityService;
  callers: Callers;
  permissions: PermissionsService;
  planService: PlanService;
  registry: OperationRegistry;
  runService: RunService;
  linkTo(runId: string): string;
}
