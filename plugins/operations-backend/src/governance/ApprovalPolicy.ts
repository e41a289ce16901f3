import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { ApprovalRequirement, OperationTarget } from '@leitstand/plugin-operations-common';
import { isInPlace, isOneOf, readNames, type PlaceRule } from './PlaceRule';
import { readReferences } from './readReferences';

/** How long a run waits for a yes, unless configured otherwise, in hours. */
export const defaultExpiryHours = 4;

/** Ids of operations; `*` stands for all. */
const everyOperation = '*';

interface ApprovalRule extends ApprovalRequirement {
  operations: string[];
  environments: string[] | undefined;
  place: PlaceRule;
}

/** What is to be done where; the question to the policy. */
export interface ApprovalQuestion {
  operation: string;
  target: OperationTarget;
  environment: string | undefined;
}

/** Which runs wait for somebody's yes; the key `operations.approvals` of the configuration. */
export class ApprovalPolicy {
  readonly #rules: readonly ApprovalRule[];

  private constructor(rules: readonly ApprovalRule[]) {
    this.#rules = rules;
  }

  /**
   * @param environmentNames - those of `operations.environments`
   * @throws InputError when a rule names no approvers, somebody whose reference is not full, an environment that there is
   * not, an empty list, or a time that is not positive: each would ask nobody without anybody noticing
   */
  static fromConfig(config: Config, environmentNames: readonly string[]): ApprovalPolicy {
    const entries = config.getOptionalConfigArray('operations.approvals') ?? [];
    return new ApprovalPolicy(entries.map(entry => readRule(entry, environmentNames)));
  }

  /** Ids of operations that the rules name, for the check whether they are installed. */
  get operations(): string[] {
    return this.#rules.flatMap(rule => rule.operations).filter(id => id !== everyOperation);
  }

  /** Of the first rule that matches; undefined where nobody is asked. */
  requirementOf({ operation, target, environment }: ApprovalQuestion): ApprovalRequirement | undefined {
    const rule = this.#rules.find(
      ({ operations, environments, place }) =>
        (operations.includes(everyOperation) || operations.includes(operation)) &&
        isOneOf(environments, environment) &&
        isInPlace(place, target),
    );
    return rule && { approvers: rule.approvers, expiresAfterHours: rule.expiresAfterHours };
  }
}

function readRule(entry: Config, environmentNames: readonly string[]): ApprovalRule {
  const where = entry.getOptionalConfig('where');
  const environments = readNames(where, 'environment');
  const unknown = environments?.find(name => !environmentNames.includes(name));
  if (unknown !== undefined) {
    throw new InputError(`operations.approvals names the environment ${unknown}, which operations.environments lacks`);
  }
  const place = {
    clusters: readNames(where, 'cluster'),
    namespaces: readNames(where, 'namespace'),
    projects: readNames(where, 'project'),
    datasets: readNames(where, 'dataset'),
  };
  const operations = readNames(entry, 'operation') ?? [everyOperation];
  if ([operations, environments, ...Object.values(place)].some(names => names?.length === 0)) {
    throw new InputError('operations.approvals: an empty list matches nothing; leave it out for all');
  }
  return {
    ...{ operations, environments, place },
    approvers: readApprovers(entry),
    expiresAfterHours: readExpiry(entry),
  };
}

function readApprovers(entry: Config): string[] {
  const approvers = readReferences(entry, { key: 'approvers', of: 'operations.approvals' });
  if (approvers.length === 0) throw new InputError('operations.approvals: an entry names no approvers');
  return approvers;
}

function readExpiry(entry: Config): number {
  if (!entry.has('expiresAfter')) return defaultExpiryHours;
  const hours = durationToMilliseconds(readDurationFromConfig(entry, { key: 'expiresAfter' })) / 3_600_000;
  if (hours > 0) return hours;
  throw new InputError('operations.approvals: expiresAfter must be longer than nothing');
}
