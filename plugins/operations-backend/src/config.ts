import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { normalizeOwner } from '@leitstand/plugin-operations-node';
import { EnvironmentPolicy } from './EnvironmentPolicy';
import { ApprovalPolicy } from './governance/ApprovalPolicy';
import { readNames } from './governance/PlaceRule';
import { readReferences } from './governance/readReferences';
import { Secrets } from './governance/Secrets';
import type { MappedService } from './services/Caller';
import { areSignInsMarked } from './services/isSignInToken';

/** How long after its interruption a run may start steps anew, unless configured otherwise, in milliseconds. */
const defaultResumeWithinMs = 10 * 60_000;

/** The key `operations` of the configuration, but for `operations.upstreams`, which belongs to the areas. */
export interface DoorConfig {
  environments: EnvironmentPolicy;
  approvals: ApprovalPolicy;
  services: MappedService[];
  /** Ids of operations that a tool may run without a person's confirmation. */
  agentsMayRun: string[];
  /** Whether tokens say that they come from a sign-in, so that those of OAuth clients can be told from them. */
  areSignInsMarked: boolean;
  secrets: Secrets;
  /** Undefined: nothing is ever removed. */
  retentionDays: number | undefined;
  resumeWithinMs: number;
}

/** @throws InputError for whatever would silently ask nobody or let nobody through */
export function readDoorConfig(config: Config): DoorConfig {
  const environments = EnvironmentPolicy.fromConfig(config);
  return {
    environments,
    approvals: ApprovalPolicy.fromConfig(config, environments.names),
    services: readServices(config),
    agentsMayRun: readNames(config, 'operations.agents.mayRun') ?? [],
    areSignInsMarked: areSignInsMarked(config),
    secrets: Secrets.fromConfig(config),
    retentionDays: readRetentionDays(config),
    resumeWithinMs: config.has('operations.resumeWithin')
      ? durationToMilliseconds(readDurationFromConfig(config, { key: 'operations.resumeWithin' }))
      : defaultResumeWithinMs,
  };
}

function readServices(config: Config): MappedService[] {
  const services = (config.getOptionalConfigArray('operations.services') ?? []).map(entry => ({
    subject: entry.getString('subject'),
    requester: `service:default/${readServiceName(entry)}`,
    operations: entry.getStringArray('operations'),
    owners: entry.getStringArray('owners').map(normalizeOwner),
    responsible: readReferences(entry, { key: 'responsible', of: 'operations.services' }),
  }));
  for (const [key, what] of [
    ['subject', 'subject'],
    ['requester', 'name'],
  ] as const) {
    const values = services.map(service => service[key]);
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) throw new InputError(`operations.services: two entries have the ${what} of ${twice}`);
  }
  return services;
}

function readServiceName(entry: Config): string {
  const name = entry.getString('name');
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new InputError(`operations.services: '${name}' is no name; use a-z, 0-9 and -, 63 at most`);
}

function readRetentionDays(config: Config): number | undefined {
  const days = config.getOptionalNumber('operations.ledger.retentionDays');
  if (days === undefined || days >= 1) return days;
  throw new InputError('operations.ledger.retentionDays must be 1 or more; leave it out to keep everything');
}
