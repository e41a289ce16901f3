import type { Entity } from '@backstage/catalog-model';
import type { Place } from '@leitstand/plugin-operations-node';

/**
 * Where an entity's thing is as its annotations say, without a look upstream: good enough to show what concerns it, never
 * to allow anything.
 */
export function placeOfEntity({ metadata: { annotations = {} } }: Entity): Place {
  const [project, dataset] = (
    annotations['bigquery.googleapis.com/model'] ??
    annotations['bigquery.googleapis.com/dataset'] ??
    ''
  ).split(/[.:]/);
  return {
    cluster: annotations['backstage.io/kubernetes-cluster'] ?? annotations['leitstand.io/cluster'],
    namespace: annotations['backstage.io/kubernetes-namespace'],
    project: project || undefined,
    dataset,
  };
}

/** The same as one place for each system that the entity names; everywhere where it names none. */
export function claimedPlacesOf(entity: Entity): Place[] {
  const { cluster, namespace, project, dataset } = placeOfEntity(entity);
  const places = [cluster !== undefined && { cluster, namespace }, project !== undefined && { project, dataset }];
  const named = places.filter(place => place !== false);
  return named.length > 0 ? named : [{}];
}
