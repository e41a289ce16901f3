import type { Entity } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { PlanRequirements } from '@leitstand/plugin-operations-common';
import type { Place } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { isInPlace, type PlaceRule } from './governance/PlaceRule';

interface EnvironmentRule extends PlaceRule {
  name: string;
  /** Labels that the entity has to have. */
  labels: Record<string, string>;
}

const labelsSchema = z.record(z.string());

/** What an environment asks of a person; whether somebody has to approve depends on the operation as well. */
export type EnvironmentRequirements = Omit<PlanRequirements, 'approval'>;

/** Which environment a target is in, and what is asked of people there; the key `operations` of the configuration. */
export class EnvironmentPolicy {
  readonly #environments: EnvironmentRule[];
  readonly #requirements: Map<string, EnvironmentRequirements>;

  private constructor(environments: EnvironmentRule[], requirements: Map<string, EnvironmentRequirements>) {
    this.#environments = environments;
    this.#requirements = requirements;
  }

  /** @throws InputError when a policy names an environment that there is not, or a word is not one of the allowed */
  static fromConfig(config: Config): EnvironmentPolicy {
    const environments = (config.getOptionalConfigArray('operations.environments') ?? []).map(entry => ({
      name: entry.getString('name'),
      clusters: entry.getOptionalStringArray('clusters'),
      namespaces: entry.getOptionalStringArray('namespaces'),
      projects: entry.getOptionalStringArray('projects'),
      datasets: entry.getOptionalStringArray('datasets'),
      labels: readLabels(entry),
    }));
    const requirements = new Map<string, EnvironmentRequirements>();
    for (const entry of config.getOptionalConfigArray('operations.policies') ?? []) {
      const name = entry.getString('environment');
      if (!environments.some(environment => environment.name === name)) {
        throw new InputError(`operations.policies names the environment ${name}, which operations.environments lacks`);
      }
      requirements.set(name, {
        reason: readRequirement(entry, { key: 'reason', otherwise: 'optional' }),
        confirmation: readRequirement(entry, { key: 'confirmation', otherwise: 'none' }),
      });
    }
    return new EnvironmentPolicy(environments, requirements);
  }

  /**
   * Name of the first environment that matches; undefined where none does.
   *
   * @param entity - through which the target is changed; undefined where there is none yet, which has no labels
   */
  environmentOf(target: Place, entity?: Entity): string | undefined {
    return this.#environments.find(rule => isInPlace(rule, target) && hasLabels(entity, rule.labels))?.name;
  }

  /** In the order of the configuration. */
  get names(): string[] {
    return this.#environments.map(({ name }) => name);
  }

  /** Nothing is asked where no policy speaks of the environment. */
  requirementsOf(environment: string | undefined): EnvironmentRequirements {
    const requirements = environment === undefined ? undefined : this.#requirements.get(environment);
    return requirements ?? { reason: false, confirmation: false };
  }
}

function readLabels(entry: Config): Record<string, string> {
  const parsed = labelsSchema.safeParse(entry.getOptional('labels') ?? {});
  if (parsed.success) return parsed.data;
  throw new InputError(`operations.environments: labels of ${entry.getString('name')} must be texts by name`);
}

function hasLabels(entity: Entity | undefined, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([name, value]) => entity?.metadata.labels?.[name] === value);
}

function readRequirement(entry: Config, option: { key: string; otherwise: string }): boolean {
  const value = entry.getOptionalString(option.key) ?? option.otherwise;
  if (value !== 'required' && value !== option.otherwise) {
    throw new InputError(`operations.policies: ${option.key} must be required or ${option.otherwise}, not ${value}`);
  }
  return value === 'required';
}
