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
