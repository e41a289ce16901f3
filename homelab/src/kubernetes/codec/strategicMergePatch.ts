// Strategic merge patch: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
import { isObject, type JsonObject } from './json';
import { isSet, listSemanticsOf } from './listSemantics';

const deletePrefix = '$deleteFromPrimitiveList/';
const orderPrefix = '$setElementOrder/';

function mergeKeyedList(current: JsonObject[], patch: JsonObject[], key: string): unknown[] {
  if (patch.some(item => item.$patch === 'replace')) return patch.filter(item => item.$patch === undefined);
  const result: unknown[] = [...current];
  for (const item of patch) {
    const index = result.findIndex(other => isObject(other) && other[key] === item[key]);
    if (item.$patch === 'delete') {
      if (index >= 0) result.splice(index, 1);
    } else if (index >= 0) {
      result[index] = mergeObject(result[index], item);
    } else {
      result.push(mergeObject({}, item));
    }
  }
  return result;
}

function mergeList(field: string, current: unknown, patch: unknown[]): unknown[] {
  const list = Array.isArray(current) ? current : [];
  if (isSet(field)) return [...new Set([...list, ...patch])];
  const semantics = listSemanticsOf(field, [...list, ...patch]);
  if (!semantics) return patch;
  return mergeKeyedList(list as JsonObject[], patch as JsonObject[], semantics.patchKey);
}

/** Orders a merged list as the patch asks; what the patch does not name stays behind it. */
function reorder(field: string, list: unknown, order: unknown): unknown {
  if (!Array.isArray(list) || !Array.isArray(order)) return list;
  const key = listSemanticsOf(field, list)?.patchKey;
  const identity = (item: unknown) => (key && isObject(item) ? item[key] : item);
  const wanted = order.map(identity);
  const rank = (item: unknown) => {
    const index = wanted.indexOf(identity(item));
    return index < 0 ? wanted.length : index;
  };
  return [...list].sort((left, right) => rank(left) - rank(right));
}

/** The patch's instructions beside its values: which keys stay, which plain values go, in which order. */
function applyDirectives(result: JsonObject, patch: JsonObject): void {
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(deletePrefix)) {
      const field = key.slice(deletePrefix.length);
      const gone = new Set(Array.isArray(value) ? value : []);
      if (Array.isArray(result[field])) result[field] = result[field].filter(item => !gone.has(item));
    } else if (key.startsWith(orderPrefix)) {
      const field = key.slice(orderPrefix.length);
      if (field in result) result[field] = reorder(field, result[field], value);
    } else if (key === '$retainKeys' && Array.isArray(value)) {
      for (const field of Object.keys(result)) if (!value.includes(field)) delete result[field];
    }
  }
}

function mergeObject(target: unknown, patch: JsonObject): JsonObject {
  const isReplaced = patch.$patch === 'replace';
  const result: JsonObject = isObject(target) && !isReplaced ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null || (isObject(value) && value.$patch === 'delete')) delete result[key];
    else if (Array.isArray(value)) result[key] = mergeList(key, result[key], value);
    else if (isObject(value)) result[key] = mergeObject(result[key], value);
    else result[key] = value;
  }
  applyDirectives(result, patch);
  return result;
}

/** Applies a strategic merge patch: like a merge patch, but lists of the API merge by their keys. */
export function applyStrategicMergePatch(target: unknown, patch: JsonObject): unknown {
  return mergeObject(target, structuredClone(patch));
}
