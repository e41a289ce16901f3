// Which fields an object has, as the flat paths behind `managedFields`:
// https://github.com/kubernetes-sigs/structured-merge-diff/blob/v4.4.2/fieldpath/serialize.go
import type { FieldsV1 } from '../model';
import { isObject, type JsonObject } from './json';
import { isSet, keyValue, listSemanticsOf } from './listSemantics';

/**
 * Fields by path. A path is segments joined by a line feed: `f:<name>` is a field, `k:{"name":"a"}` an item of a
 * keyed list, `v:"x"` a value of a set. Values are those of the leaves.
 */
export type FieldSet = Map<string, unknown>;

const separator = '\n';
const unmanagedMetadata = new Set([
  'name',
  'namespace',
  'generateName',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
]);

export function joinPath(segments: string[]): string {
  return segments.join(separator);
}

export function splitPath(path: string): string[] {
  return path.split(separator);
}

/** `.spec.template.spec.containers[name="backend"].image`: a path as conflict messages print it. */
export function describePath(path: string): string {
  return splitPath(path)
    .map(segment => {
      const rest = segment.slice(2);
      if (segment.startsWith('f:')) return `.${rest}`;
      if (segment.startsWith('v:')) return `[=${rest}]`;
      const keys = Object.entries(JSON.parse(rest) as JsonObject);
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}

/** The `k:` segment of an item of a keyed list. */
function itemSegment(item: JsonObject, keys: string[]): string {
  const known = keys.filter(key => keyValue(item, key) !== undefined).sort();
  return `k:${JSON.stringify(Object.fromEntries(known.map(key => [key, keyValue(item, key)])))}`;
}

function isPathOf(set: FieldSet, prefix: string): boolean {
  for (const path of set.keys()) if (path.startsWith(prefix + separator)) return true;
  return false;
}

/** Is the path a field of the set, or a parent of one? */
export function hasPath(set: FieldSet, path: string): boolean {
  return set.has(path) || isPathOf(set, path);
}

function collectList(list: unknown[], path: string[], set: FieldSet): void {
  const field = path[path.length - 1].slice(2);
  const semantics = listSemanticsOf(field, list);
  if (isSet(field)) {
    for (const value of list) set.set(joinPath([...path, `v:${JSON.stringify(value)}`]), value);
  } else if (!semantics || list.length === 0) {
    set.set(joinPath(path), list);
  } else {
    for (const item of list as JsonObject[]) {
      collect(item, [...path, itemSegment(item, semantics.applyKeys)], set);
    }
  }
}

function collect(value: unknown, path: string[], set: FieldSet): void {
  if (Array.isArray(value)) {
    collectList(value, path, set);
  } else if (isObject(value) && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) {
      if (inner !== undefined && inner !== null) collect(inner, [...path, `f:${key}`], set);
    }
  } else {
    set.set(joinPath(path), value);
  }
}

/** The managed fields of an object: those of its status, or all others. Identity and bookkeeping have no manager. */
export function fieldSetOf(object: object, part: 'main' | 'status' = 'main'): FieldSet {
  const set: FieldSet = new Map();
  for (const [key, value] of Object.entries(object)) {
    if (key === 'apiVersion' || key === 'kind' || (key === 'status') !== (part === 'status')) continue;
    const managed =
      key === 'metadata' && isObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([name]) => !unmanagedMetadata.has(name)))
        : value;
    if (key === 'metadata' && Object.keys(managed as object).length === 0) continue;
    if (managed !== undefined && managed !== null) collect(managed, [`f:${key}`], set);
  }
  return set;
}

/** The nested form of the API; an item of a keyed list carries the `.` that stands for itself. */
export function encodeFields(paths: Iterable<string>): FieldsV1 {
  const root: FieldsV1 = {};
  for (const path of paths) {
    let level = root;
    for (const segment of splitPath(path)) {
      level = level[segment] ??= segment.startsWith('k:') ? { '.': {} } : {};
    }
  }
  return root;
}

export function decodeFields(fields: FieldsV1, prefix: string[] = []): string[] {
  return Object.entries(fields).flatMap(([segment, inner]) => {
    if (segment === '.') return [];
    const path = [...prefix, segment];
    const deeper = decodeFields(inner, path);
    return deeper.length > 0 ? deeper : [joinPath(path)];
  });
}
