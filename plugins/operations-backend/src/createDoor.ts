import type {
  AuditorService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { Ownership } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { PlanStore } from './database/PlanStore';
import { RunStore } from './database/RunStore';
import { StepStore } from './database/StepStore';
import { EnvironmentPolicy } from './EnvironmentPolicy';
import { RunExecutor } from './execution/RunExecutor';
import { RunTopics } from './live/RunTopics';
import { AvailabilityService } from './services/AvailabilityService';
import { OperationAuthorizer } from './services/OperationAuthorizer';
import type { OperationRegistry } from './services/OperationRegistry';
import { PlanService } from './services/PlanService';
import { RunService } from './services/RunService';
import { TargetService } from './services/TargetService';

/** What the door is built from. */
export interface DoorOptions {
  auditor: AuditorService;
  catalog: CatalogService;
  config: RootConfigService;
  database: Knex;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  registry: OperationRegistry;
}

/** Puts the door's parts together; starts nothing. */
export function createDoor(options: DoorOptions) {
  const { config, database, permissions, permissionsRegistry, registry, catalog, logger } = options;
  const environments = EnvironmentPolicy.fromConfig(config);
  const plans = new PlanStore(database);
  const runs = new RunStore(database);
  const steps = new StepStore(database);
  const topics = new RunTopics({ permissions, runs });
  const authorizer = OperationAuthorizer.register({ permissions, permissionsRegistry, operations: registry.list() });
  const targets = new TargetService({ catalog, environments, ownership: Ownership.fromConfig(config) });
  const executor = new RunExecutor({ ...options, plans, runs, steps, topics });
  const planService = new PlanService({ registry, authorizer, targets, environments, plans });
  const runService = new RunService({ registry, authorizer, planService, plans, runs, executor });
  const availability = new AvailabilityService({ registry, authorizer, targets, logger });
  return { availability, planService, runService, runs, topics, executor };
}
