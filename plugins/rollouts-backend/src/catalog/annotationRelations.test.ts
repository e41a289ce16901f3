import type { CatalogProcessorResult } from '@backstage/plugin-catalog-node';
import { AnnotationRelationsProcessor } from '@leitstand/plugin-discovery-node';
import { annotationRelations } from './annotationRelations';

async function relationsOf(kind: string, annotations?: Record<string, string>): Promise<string[]> {
  const results: CatalogProcessorResult[] = [];
  const entity = { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name: 'web', annotations } };
  const location = { type: 'url', target: 'https://example.com' };
  await new AnnotationRelationsProcessor('RolloutsAnnotationRelationsProcessor', annotationRelations).postProcessEntity(
    entity,
    location,
    result => results.push(result),
  );
  return results.flatMap(result =>
    result.type === 'relation'
      ? [`${result.relation.source.name} ${result.relation.type} ${result.relation.target.name}`]
      : [],
  );
}

describe('annotationRelations', () => {
  it.each(['Component', 'Resource'])('relates a %s to the cluster that it runs on', async kind => {
    expect(await relationsOf(kind, { 'backstage.io/kubernetes-cluster': 'k3s' })).toEqual([
      'web dependsOn k3s',
      'k3s dependencyOf web',
    ]);
  });

  it('names the cluster as it is named in the catalogue', async () => {
    const [relation] = await relationsOf('Component', { 'backstage.io/kubernetes-cluster': 'Prod_1' });
    expect(relation).toMatch(/^web dependsOn prod-1-[0-9a-f]{12}$/);
  });

  it('leaves others alone', async () => {
    expect(await relationsOf('Component')).toEqual([]);
    expect(await relationsOf('API', { 'backstage.io/kubernetes-cluster': 'k3s' })).toEqual([]);
  });
});
