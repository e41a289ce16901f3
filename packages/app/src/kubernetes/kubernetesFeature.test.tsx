import { createExtensionTester } from '@backstage/frontend-test-utils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { kubernetesFeature } from './kubernetesFeature';

describe('kubernetesFeature', () => {
  it('has a tab of no group, so that it stands behind all others', () => {
    const tab = createExtensionTester(kubernetesFeature.getExtension('entity-content:kubernetes/kubernetes'));
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe('Kubernetes');
    expect(tab.get(EntityContentBlueprint.dataRefs.group)).toBeUndefined();
  });
});
