import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';

/**
 * The official Kubernetes tab, for what the areas' own tabs do not show. It belongs to no group, because groups stand before
 * all other tabs; as the last feature of the app it is the last tab. Its content is loaded when somebody opens it. Its
 * terminal and its deletion of pods are off unless configuration turns them on, and the policy denies them even then.
 */
export const kubernetesFeature = kubernetesPlugin.withOverrides({
  extensions: [
    kubernetesPlugin.getExtension('entity-content:kubernetes/kubernetes').override({ params: { group: '' } }),
  ],
});
