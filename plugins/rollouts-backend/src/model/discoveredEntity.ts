import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ANNOTATION_ENTITY_REF, ANNOTATION_OWNER, type WorkloadKind } from '@leitstand/plugin-rollouts-common';
import { entityNameOf } from '@leitstand/plugin-discovery-node';
import type { Deployment } from './kubernetesObjects';

/** What is read of an object to find its entity. */
export interface EntityNaming {
  metadata: { namespace: string; name: string; annotations: Deployment['metadata']['annotations'] };
}

/** The Component that the object says it is, as a full reference; undefined where it names none, or nothing that can be one. */
export function claimedEntityRefOf(object: EntityNaming): string | undefined {
  const claim = object.metadata.annotations[ANNOTATION_ENTITY_REF];
  if (!claim) return undefined;
  try {
    const ref = parseEntityRef(claim, { defaultKind: 'component', defaultNamespace: 'default' });
    const isName = (text: string) => text.length <= 63 && /^[a-z0-9]([-a-z0-9_.]*[a-z0-9])?$/i.test(text);
    return ref.kind.toLocaleLowerCase('en-US') === 'component' && isName(ref.name) && isName(ref.namespace)
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined; // written by hand upstream: an unreadable claim counts as none
  }
}

/** The group that the object gives rights to, as a full reference; undefined where it names none, or nothing that can be one. */
export function claimedOwnerOf(object: EntityNaming): string | undefined {
  const claim = object.metadata.annotations[ANNOTATION_OWNER];
  if (!claim) return undefined;
  try {
    return stringifyEntityRef(parseEntityRef(claim, { defaultKind: 'group', defaultNamespace: 'default' }));
  } catch {
    return undefined; // written by hand upstream: an unreadable claim counts as none
  }
}

/** The entity as which a workload is discovered: the one that it names, otherwise one with a generated name. */
export function discoveredEntityRefOf(
  cluster: string,
  object: EntityNaming,
  kind: WorkloadKind = 'Deployment',
): string {
  return claimedEntityRefOf(object) ?? generatedEntityRefOf(cluster, object, kind);
}

/**
 * The entity of a workload that names none. A Deployment's name does not say its kind, every other one's does; the one
 * has three parts and the other four, so that no two workloads get the same name.
 */
export function generatedEntityRefOf(cluster: string, object: EntityNaming, kind: WorkloadKind = 'Deployment'): string {
  const { namespace, name } = object.metadata;
  const parts = kind === 'Deployment' ? [name] : [kind.toLocaleLowerCase('en-US'), name];
  return `component:default/${entityNameOf(cluster, namespace, ...parts)}`;
}
