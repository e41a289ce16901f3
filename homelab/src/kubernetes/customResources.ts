// https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
import type { CustomResourceDefinition, Kind } from './model';
import { resourceTypes, type ResourceType } from './resourceTypes';

/** The resource that a definition adds: its storage version; a kind that there is already is not taken over. */
export function customResourceType(definition: CustomResourceDefinition): ResourceType | undefined {
  const { group, names, scope, versions } = definition.spec;
  const stored = versions.find(version => version.storage);
  if (!stored || resourceTypes.some(type => type.kind === names.kind)) return undefined;
  return {
    group,
    version: stored.name,
    plural: names.plural,
    // Kinds of definitions are in no list of ours; the store takes any.
    kind: names.kind as Kind,
    isNamespaced: scope === 'Namespaced',
    subresources: stored.subresources?.status ? ['status'] : [],
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    hasGeneration: true,
  };
}

/** The status that the API server gives a definition. @param time - RFC 3339 */
export function definitionStatus(definition: CustomResourceDefinition, time: string): object {
  const isAccepted = customResourceType(definition) !== undefined;
  const condition = (type: string, reasons: [string, string]) => ({
    type,
    status: isAccepted ? 'True' : 'False',
    lastTransitionTime: time,
    reason: reasons[isAccepted ? 0 : 1],
    message: isAccepted ? 'no conflicts found' : `${definition.spec.names.kind} is a kind of the homelab's own`,
  });
  return {
    conditions: [
      condition('NamesAccepted', ['NoConflicts', 'KindConflict']),
      condition('Established', ['InitialNamesAccepted', 'NotAccepted']),
    ],
    acceptedNames: isAccepted ? definition.spec.names : { kind: '', plural: '' },
    storedVersions: definition.spec.versions.filter(version => version.storage).map(version => version.name),
  };
}
