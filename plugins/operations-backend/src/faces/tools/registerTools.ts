import type { AuditorService, BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { OperationRegistry } from '../../services/OperationRegistry';
import type { AvailabilityService } from '../../services/AvailabilityService';
import type { Caller } from '../../services/Caller';
import type { CallerCredentials, Callers } from '../../services/Callers';
import type { PlanService } from '../../services/PlanService';
import type { RunService } from '../../services/RunService';
import { registerOperationTool } from './operationTool';
import { registerRunTools } from './runTools';

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

/** The door as tools (registry actions, and so MCP): one for each operation, and three to look and to stop. */
export function registerTools(options: ToolOptions): void {
  options.registry.list().forEach(operation => registerOperationTool(operation, options));
  registerRunTools(options);
}

/**
 * Whoever comes this way comes as a tool, also with a token from the browser.
 *
 * @throws NotAllowedError for a program that is not mapped
 */
export function toolCaller(callers: Callers, credentials: BackstageCredentials): Caller {
  const caller = callers.of(credentials as CallerCredentials);
  return caller.service ? caller : { ...caller, face: 'tool' };
}
