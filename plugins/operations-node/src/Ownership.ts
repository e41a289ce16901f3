import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { OperationTarget } from '@leitstand/plugin-operations-common';

/** A part of an upstream system that can be given to a group. */
export type Place = Pick<OperationTarget, 'cluster' | 'namespace' | 'project' | 'dataset'>;

interface Grant {
  group: string;
  covers(place: Place): boolean;
}

/**
 * Which groups the installation's configuration gives which parts of the upstream systems to (`leitstand.ownership`).
 * It is one of the two ways in which ownership counts; the other is the object naming its entity.
 */
export class Ownership {
  readonly #grants: Grant[];
  /** Owner of what nobody was given, from `leitstand.fallbackOwner`; a full entity reference. */
  readonly fallbackOwner: string;

  private constructor(grants: Grant[], fallbackOwner: string) {
    this.#grants = grants;
    this.fallbackOwner = fallbackOwner;
  }

  /** @throws when a group is no entity reference */
  static fromConfig(config: Config): Ownership {
    const grants = (config.getOptionalConfigArray('leitstand.ownership') ?? []).flatMap(entry => {
      const group = normalizeOwner(entry.getString('group'));
      return [
        ...(entry.getOptionalConfigArray('kubernetes') ?? []).map(readKubernetes),
        ...(entry.getOptionalConfigArray('bigquery') ?? []).map(readBigQuery),
      ].map(covers => ({ group, covers }));
    });
    return new Ownership(
      grants,
      normalizeOwner(config.getOptionalString('leitstand.fallbackOwner') ?? 'group:default/unowned'),
    );
  }

  /**
   * Full entity references of the groups that a place is given to. Without a namespace (or dataset), of those that have
   * the whole cluster (or project).
   */
  groupsOf(place: Place): string[] {
    return [...new Set(this.#grants.filter(grant => grant.covers(place)).map(grant => grant.group))];
  }
}

function readKubernetes(grant: Config): Grant['covers'] {
  const cluster = grant.getString('cluster');
  const namespaces = grant.getOptionalStringArray('namespaces');
  return place => place.cluster === cluster && isCovered(place.namespace, namespaces);
}

function readBigQuery(grant: Config): Grant['covers'] {
  const project = grant.getString('project');
  const datasets = grant.getOptionalStringArray('datasets');
  return place => place.project === project && isCovered(place.dataset, datasets);
}

/** Undefined patterns mean everything; one with `*` at its end is a prefix. */
function isCovered(name: string | undefined, patterns: string[] | undefined): boolean {
  if (patterns === undefined) return true;
  if (name === undefined) return false;
  return patterns.some(pattern => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}

/** `todo-team` → `group:default/todo-team`; lower case, as the catalogue compares. */
export function normalizeOwner(owner: string): string {
  return stringifyEntityRef(parseEntityRef(owner, { defaultKind: 'group', defaultNamespace: 'default' }));
}
