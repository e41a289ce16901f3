import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';

interface KubernetesGrant {
  group: string;
  cluster: string;
  /** Undefined means every namespace of the cluster. */
  namespaces: string[] | undefined;
}

/**
 * Which groups the installation's configuration gives which parts of the upstream systems to (`leitstand.ownership`).
 * It is one of the two ways in which ownership counts; the other is the object naming its entity.
 */
export class Ownership {
  readonly #grants: KubernetesGrant[];
  /** Owner of what nobody was given, from `leitstand.fallbackOwner`; a full entity reference. */
  readonly fallbackOwner: string;

  private constructor(grants: KubernetesGrant[], fallbackOwner: string) {
    this.#grants = grants;
    this.fallbackOwner = fallbackOwner;
  }

  /** @throws when a group is no entity reference */
  static fromConfig(config: Config): Ownership {
    const grants = (config.getOptionalConfigArray('leitstand.ownership') ?? []).flatMap(entry => {
      const group = normalizeOwner(entry.getString('group'));
      return (entry.getOptionalConfigArray('kubernetes') ?? []).map(grant => ({
        group,
        cluster: grant.getString('cluster'),
        namespaces: grant.getOptionalStringArray('namespaces'),
      }));
    });
    return new Ownership(
      grants,
      normalizeOwner(config.getOptionalString('leitstand.fallbackOwner') ?? 'group:default/unowned'),
    );
  }

  /** Full entity references of the groups that a namespace of a cluster is given to; without a namespace, of those that have the whole cluster. */
  groupsOf(place: { cluster?: string; namespace?: string }): string[] {
    return this.#grants
      .filter(
        grant =>
          grant.cluster === place.cluster &&
          (grant.namespaces === undefined ||
            (place.namespace !== undefined && grant.namespaces.includes(place.namespace))),
      )
      .map(grant => grant.group);
  }
}

/** `todo-team` → `group:default/todo-team`; lower case, as the catalogue compares. */
export function normalizeOwner(owner: string): string {
  return stringifyEntityRef(parseEntityRef(owner, { defaultKind: 'group', defaultNamespace: 'default' }));
}
