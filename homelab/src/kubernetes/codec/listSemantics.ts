// How lists of the modelled kinds merge: the x-kubernetes-patch-merge-key, x-kubernetes-list-type and
// x-kubernetes-list-map-keys of https://github.com/kubernetes/kubernetes/blob/v1.32.0/api/openapi-spec/swagger.json
import { isObject, type JsonObject } from './json';

interface ListSemantics {
  /** Key of a strategic merge patch. */
  patchKey: string;
  /** Keys of server-side apply. */
  applyKeys: string[];
}

function keyed(patchKey: string, applyKeys: string[] = [patchKey]): ListSemantics {
  return { patchKey, applyKeys };
}

/** By field name: within the modelled kinds a name means the same list everywhere, `ports` apart. */
const keyedLists: Record<string, ListSemantics> = {
  containers: keyed('name'),
  initContainers: keyed('name'),
  ephemeralContainers: keyed('name'),
  env: keyed('name'),
  volumes: keyed('name'),
  volumeMounts: keyed('mountPath'),
  volumeDevices: keyed('devicePath'),
  imagePullSecrets: keyed('name'),
  hostAliases: keyed('ip'),
  topologySpreadConstraints: keyed('topologyKey', ['topologyKey', 'whenUnsatisfiable']),
  conditions: keyed('type'),
  ownerReferences: keyed('uid'),
  secrets: keyed('name'),
};
const containerPorts = keyed('containerPort', ['containerPort', 'protocol']);
const servicePorts = keyed('port', ['port', 'protocol']);

/** Lists of plain values of which both kinds of merge make a union. */
const sets = new Set(['finalizers']);

/** Is a list of this name a set of plain values? */
export function isSet(field: string): boolean {
  return sets.has(field);
}

/** How a list of objects merges, or undefined when it is replaced as a whole. */
export function listSemanticsOf(field: string, items: unknown[]): ListSemantics | undefined {
  if (!items.every(isObject)) return undefined;
  if (field === 'ports') return items.some(item => 'containerPort' in item) ? containerPorts : servicePorts;
  return Object.hasOwn(keyedLists, field) ? keyedLists[field] : undefined;
}

/** A key's value with the default that the API server would set: only ports have one. */
export function keyValue(item: JsonObject, key: string): unknown {
  return item[key] ?? (key === 'protocol' ? 'TCP' : undefined);
}
