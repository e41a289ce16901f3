import type { AuditorService, HttpAuthService, PermissionsService } from '@backstage/backend-plugin-api';
import type { createRouteFactory } from '@leitstand/plugin-kit-node';
import type { RunListing } from '../database/RunListing';
import type { FreezeService } from '../governance/FreezeService';
import type { ApprovalService } from '../services/ApprovalService';
import type { AvailabilityService } from '../services/AvailabilityService';
import type { Callers } from '../services/Callers';
import type { FrozenTargets } from '../services/FrozenTargets';
import type { PlanService } from '../services/PlanService';
import type { RunPermissionsService } from '../services/RunPermissionsService';
import type { RunService } from '../services/RunService';
import type { TargetService } from '../services/TargetService';
import type { UndoService } from '../services/UndoService';

/** What the routes stand on. */
export interface RouterOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
  availability: AvailabilityService;
  planService: PlanService;
  runService: RunService;
  approvalService: ApprovalService;
  runPermissions: RunPermissionsService;
  undoService: UndoService;
  freezes: FreezeService;
  frozenTargets: FrozenTargets;
  targets: TargetService;
  listing: RunListing;
  callers: Callers;
}

/** What each group of routes gets. */
export interface RouteDependencies extends Omit<RouterOptions, 'httpAuth'> {
  /** For people. */
  route: ReturnType<typeof createRouteFactory<'user'>>;
  /** For people and the programs that the configuration lets in. */
  callerRoute: ReturnType<typeof createRouteFactory<'user' | 'service'>>;
  /** For these and for the scaffolder, which follows the runs of its tasks. */
  followerRoute: ReturnType<typeof createRouteFactory<'user' | 'service'>>;
}
