import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { OperationTarget, PlanRequirements } from '@leitstand/plugin-operations-common';

interface EnvironmentRule {
  name: string;
  /** Undefined means any. */
  clusters: string[] | undefined;
  namespaces: string[] | undefined;
}

/** Which environment a target is in, and what is asked of people there; the key `operations` of the configuration. */
export class EnvironmentPolicy {
  readonly #environments: EnvironmentRule[];
  readonly #requirements: Map<string, PlanRequirements>;

  private constructor(environments: EnvironmentRule[], requirements: Map<string, PlanRequirements>) {
    this.#environments = environments;
    this.#requirements = requirements;
  }

  /** @throws InputError when a policy names an environment that there is not, or a word is not one of the allowed */
  static fromConfig(config: Config): EnvironmentPolicy {
    const environments = (config.getOptionalConfigArray('operations.environments') ?? []).map(entry => ({
      name: entry.getString('name'),
      clusters: entry.getOptionalStringArray('clusters'),
      namespaces: entry.getOptionalStringArray('namespaces'),
    }));
    const requirements = new Map<string, PlanRequirements>();
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

  /** Name of the first environment that matches; undefined where none does. */
  environmentOf(target: OperationTarget): string | undefined {
    return this.#environments.find(
      ({ clusters, namespaces }) => matches(clusters, target.cluster) && matches(namespaces, target.namespace),
    )?.name;
  }

  /** Nothing is asked where no policy speaks of the environment. */
  requirementsOf(environment: string | undefined): PlanRequirements {
    const requirements = environment === undefined ? undefined : this.#requirements.get(environment);
    return requirements ?? { reason: false, confirmation: false };
  }
}

function matches(allowed: string[] | undefined, value: string | undefined): boolean {
  return allowed === undefined || (value !== undefined && allowed.includes(value));
}

function readRequirement(entry: Config, option: { key: string; otherwise: string }): boolean {
  const value = entry.getOptionalString(option.key) ?? option.otherwise;
  if (value !== 'required' && value !== option.otherwise) {
    throw new InputError(`operations.policies: ${option.key} must be required or ${option.otherwise}, not ${value}`);
  }
  return value === 'required';
}
