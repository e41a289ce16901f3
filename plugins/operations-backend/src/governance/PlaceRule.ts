import type { Config } from '@backstage/config';
import type { Place } from '@leitstand/plugin-operations-node';

/** Names of places; what is left out may be anything. */
export interface PlaceRule {
  clusters?: string[];
  namespaces?: string[];
  projects?: string[];
  datasets?: string[];
}

/** Whether a target lies in one of the places: for each part that the rule names, the target has one of the names. */
export function isInPlace(rule: PlaceRule, target: Place): boolean {
  return (
    isOneOf(rule.clusters, target.cluster) &&
    isOneOf(rule.namespaces, target.namespace) &&
    isOneOf(rule.projects, target.project) &&
    isOneOf(rule.datasets, target.dataset)
  );
}

/** Undefined names mean anything. */
export function isOneOf(names: readonly string[] | undefined, name: string | undefined): boolean {
  return names === undefined || (name !== undefined && names.includes(name));
}

/** One text, or a list of them; undefined where the key is not there. */
export function readNames(config: Config | undefined, key: string): string[] | undefined {
  const value = config?.getOptional(key);
  if (config === undefined || value === undefined) return undefined;
  return Array.isArray(value) ? config.getStringArray(key) : [config.getString(key)];
}
