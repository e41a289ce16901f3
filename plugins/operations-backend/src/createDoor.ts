import type {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { DoorRules } from '@leitstand/plugin-connections-common';
import { Ownership } from '@leitstand/plugin-operations-node';
import type { Knex } from 'knex';
import { readDoorConfig, type DoorConfig } from './config';
import { FreezeStore } from './database/FreezeStore';
import { PlanStore } from './database/PlanStore';
import { RunListing } from './database/RunListing';
import { RunReader } from './database/RunReader';
import { RunStore } from './database/RunStore';
import { StepStore } from './database/StepStore';
import { RunExecutor } from './execution/RunExecutor';
import { runLinks } from './faces/runLink';
import { FreezeConfirmation } from './governance/FreezeConfirmation';
import { FreezeService } from './governance/FreezeService';
import { LedgerRetention } from './ledger/LedgerRetention';
import { LedgerStore } from './ledger/LedgerStore';
import { Notifier } from './notify/Notifier';
import { RunTopics } from './live/RunTopics';
import { ApprovalService } from './services/ApprovalService';
import { AvailabilityService } from './services/AvailabilityService';
import { Callers } from './services/Callers';
import { FrozenTargets } from './services/FrozenTargets';
import { OperationAuthorizer } from './services/OperationAuthorizer';
import type { OperationRegistry } from './services/OperationRegistry';
import { PlanService } from './services/PlanService';
import { RunPermissionsService } from './services/RunPermissionsService';
import { RunRights } from './services/RunRights';
import { RunService } from './services/RunService';
import { TargetService } from './services/TargetService';
import { UndoService } from './services/UndoService';

/** What the door is built from. */
export interface DoorOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** Names this process; different in each. Default: a name of its own. */
  processName?: string;
  registry: OperationRegistry;
  userInfo: UserInfoService;
}

/** Puts the door's parts together; starts nothing. */
export function createDoor(options: DoorOptions) {
  const { config, database, permissions, permissionsRegistry, registry, catalog, logger, userInfo, notifications } =
    options;
  const settings = readDoorConfig(config);
  const { environments, approvals, agentsMayRun } = settings;
  warnOfUnknownOperations(options, [
    ...approvals.operations,
    ...agentsMayRun,
    ...settings.services.flatMap(of => of.operations),
  ]);
  const rules = doorRulesOf(settings, config);
  if (!rules.areSignInsMarked && rules.mayClientsSignIn) {
    logger.warn(
      'Clients can sign in by OAuth, and with their tokens say yes in the name of people: set auth.omitIdentityTokenOwnershipClaim to false',
    );
  }
  const plans = new PlanStore(database);
  const runs = new RunStore(database);
  const steps = new StepStore(database);
  const ledger = new LedgerStore(database, entry => notifier.tell(entry));
  const freezeStore = new FreezeStore(database);
  const freezes = new FreezeService({
    store: freezeStore,
    ...{ ledger, environmentNames: environments.names },
  });
  const reader = new RunReader({ database, freezes });
  const listing = new RunListing({ database, reader });
  const notifier = new Notifier({
    ...{ notifications, reader, logger, linkTo: runLinks(config) },
    freeze: id => freezeStore.find(id, new Date().toISOString()),
  });
  const topics = new RunTopics({ permissions, reader, logger });
  const retention = new LedgerRetention({
    ...{ database, ledger, plans, logger, retentionDays: settings.retentionDays },
  });
  const callers = new Callers(settings.services, settings);
  const authorizer = OperationAuthorizer.register({ permissions, permissionsRegistry, operations: registry.list() });
  const targets = new TargetService({ catalog, environments, ownership: Ownership.fromConfig(config) });
  const frozenTargets = new FrozenTargets({ registry, targets });
  const freezeConfirmation = new FreezeConfirmation({ auth: options.auth, freezes, frozenTargets, logger });
  const rights = new RunRights({ registry, authorizer, userInfo, services: settings.services });
  const executor = new RunExecutor({
    ...options,
    ...{ plans, runs, steps, ledger, freezes, topics },
    secret: reference => settings.secrets.resolve(reference),
    resumeWithinMs: settings.resumeWithinMs,
  });
  const planService = new PlanService({ registry, authorizer, targets, environments, approvals, freezes, plans });
  const undoService = new UndoService({ registry, planService, rights, runs, steps });
  const runService = new RunService({
    ...{ registry, authorizer, planService, undoService, freezes, rights, agentsMayRun },
    ...{ plans, runs, reader, ledger, executor },
  });
  const approvalService = new ApprovalService({ runService, rights, freezes, listing, plans, runs, ledger, executor });
  const runPermissions = new RunPermissionsService({ runService, undoService, rights });
  const availability = new AvailabilityService({ registry, authorizer, targets, logger });
  return {
    ...{ availability, planService, undoService, runService, approvalService, runPermissions, callers },
    ...{ freezes, frozenTargets, freezeConfirmation, targets, listing, topics, executor, retention, notifier, rules },
  };
}

/** What people who look after the portal should know of who may use the door. */
function doorRulesOf({ agentsMayRun, services, areSignInsMarked }: DoorConfig, config: RootConfigService): DoorRules {
  return {
    ...{ agentsMayRun, areSignInsMarked },
    services: services.map(({ requester, operations, owners }) => ({
      name: requester.slice(requester.indexOf('/') + 1),
      ...{ operations, owners },
    })),
    mayClientsSignIn: mayClientsSignIn(config),
  };
}

/** Whether Backstage gives tokens of people to OAuth clients. */
function mayClientsSignIn(config: RootConfigService): boolean {
  return ['experimentalDynamicClientRegistration', 'clientIdMetadataDocuments', 'experimentalClientIdMetadataDocuments']
    .map(key => config.getOptionalBoolean(`auth.${key}.enabled`))
    .includes(true);
}

/** An area that is not configured declares no operations, so this cannot stop the start; a slip of the pen looks the same. */
function warnOfUnknownOperations({ logger, registry }: DoorOptions, ids: readonly string[]): void {
  const known = registry.list().map(({ id }) => id);
  const unknown = [...new Set(ids)].filter(id => !known.includes(id));
  if (unknown.length === 0) return;
  logger.warn(`The configuration of operations names some that no installed module declares: ${unknown.join(', ')}`);
}
