// Server-side apply: https://kubernetes.io/docs/reference/using-api/server-side-apply/
import type { KubernetesObject, ManagedFieldsEntry } from '../model';
import { ApiError } from './ApiError';
import { decodeFields, describePath, fieldSetOf, hasPath, splitPath, type FieldSet } from './fieldSet';
import { isEqual, isObject, type JsonObject } from './json';
import { isSet, keyValue, listSemanticsOf } from './listSemantics';
import { isEntryOf, withPaths, type FieldWriter } from './managedFields';

/** Who applies, and whether fields of others are taken over. */
export interface ApplyOptions extends FieldWriter {
  force: boolean;
}

/** Lays the applied configuration over the live object: keyed lists merge by their keys, other lists are replaced. */
function merge(live: unknown, applied: unknown, field: string): unknown {
  if (Array.isArray(applied)) {
    const current: unknown[] = Array.isArray(live) ? live : [];
    if (isSet(field)) return [...new Set([...current, ...applied])];
    const semantics = listSemanticsOf(field, [...current, ...applied]);
    if (!semantics) return applied;
    const isSame = (left: JsonObject, right: JsonObject) =>
      semantics.applyKeys.every(key => keyValue(left, key) === keyValue(right, key));
    const result = current as JsonObject[];
    const kept = result.map(item => {
      const change = (applied as JsonObject[]).find(candidate => isSame(candidate, item));
      return change ? merge(item, change, '') : item;
    });
    const added = (applied as JsonObject[]).filter(item => !result.some(other => isSame(other, item)));
    return [...kept, ...added];
  }
  if (!isObject(applied)) return applied;
  const base = isObject(live) ? live : {};
  const merged = Object.entries(applied).map(([key, value]) => [key, merge(base[key], value, key)]);
  return { ...base, ...Object.fromEntries(merged) };
}

function findItem(list: unknown[], segment: string): number {
  if (segment.startsWith('v:')) return list.indexOf(JSON.parse(segment.slice(2)));
  const keys = Object.entries(JSON.parse(segment.slice(2)) as JsonObject);
  return list.findIndex(item => isObject(item) && keys.every(([key, value]) => keyValue(item, key) === value));
}

/** Removes one field from a copy in place; what becomes empty by it goes as well. */
function removePath(parent: unknown, segments: string[]): void {
  const [head, ...rest] = segments;
  if (Array.isArray(parent)) {
    const index = findItem(parent, head);
    if (index < 0) return;
    const keyCount = head.startsWith('k:') ? Object.keys(JSON.parse(head.slice(2)) as JsonObject).length : 0;
    removePath(parent[index], rest);
    if (rest.length === 0 || Object.keys(parent[index] as object).length <= keyCount) parent.splice(index, 1);
    return;
  }
  if (!isObject(parent)) return;
  const key = head.slice(2);
  const inner = parent[key];
  if (rest.length > 0) removePath(inner, rest);
  const isEmpty = Array.isArray(inner) ? inner.length === 0 : isObject(inner) && Object.keys(inner).length === 0;
  if (rest.length === 0 || isEmpty) delete parent[key];
}

function applyConflict(clashes: { manager: string; path: string }[]): ApiError {
  const lines = clashes.map(({ manager, path }) => `conflict with "${manager}": ${describePath(path)}`);
  const plural = clashes.length === 1 ? 'conflict' : 'conflicts';
  const text = clashes.length === 1 ? lines[0] : lines.map(line => `\n- ${line}`).join('');
  return new ApiError(`Apply failed with ${clashes.length} ${plural}: ${text}`, {
    code: 409,
    reason: 'Conflict',
    details: {
      causes: clashes.map(({ manager, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with "${manager}"`,
        field: describePath(path),
      })),
    },
  });
}

/** Entries of the others after the apply; a field that was forced changes its owner. */
function othersAfter(others: ManagedFieldsEntry[], fields: { live: FieldSet; wanted: FieldSet }, force: boolean) {
  const { live, wanted } = fields;
  const clashes: { manager: string; path: string }[] = [];
  const entries = others.flatMap(entry => {
    const paths = decodeFields(entry.fieldsV1);
    const clashing = paths.filter(path => wanted.has(path) && !isEqual(wanted.get(path), live.get(path)));
    clashes.push(...clashing.map(path => ({ manager: entry.manager, path })));
    return force
      ? withPaths(
          entry,
          paths.filter(path => !clashing.includes(path)),
        )
      : [entry];
  });
  return { clashes, entries };
}

/**
 * Applies a configuration to the live object, or to nothing, and returns the next object with its `managedFields`.
 * @throws ApiError 409 with one cause per field that another manager owns and that would change, unless forced
 */
export function applyConfiguration(
  live: KubernetesObject | undefined,
  configuration: KubernetesObject,
  options: ApplyOptions,
): KubernetesObject {
  const wanted = fieldSetOf(configuration);
  const entries = live?.metadata.managedFields ?? [];
  const own = entries.find(entry => isEntryOf(entry, options, 'Apply'));
  const others = othersAfter(
    entries.filter(entry => entry !== own),
    { live: live ? fieldSetOf(live) : new Map(), wanted },
    options.force,
  );
  if (others.clashes.length > 0 && !options.force) throw applyConflict(others.clashes);

  const base = structuredClone(live ?? { apiVersion: configuration.apiVersion, kind: configuration.kind });
  const kept = new Set(others.entries.flatMap(entry => decodeFields(entry.fieldsV1)));
  for (const path of own ? decodeFields(own.fieldsV1) : []) {
    if (!hasPath(wanted, path) && !kept.has(path)) removePath(base, splitPath(path));
  }
  const { managedFields: _ignored, ...metadata } = configuration.metadata;
  const next = merge(base, { ...configuration, metadata, status: undefined }, '') as KubernetesObject;
  next.status = live?.status;
  const entry: ManagedFieldsEntry = {
    manager: options.manager,
    operation: 'Apply',
    apiVersion: configuration.apiVersion,
    time: options.time,
    fieldsType: 'FieldsV1',
    fieldsV1: {},
  };
  const [fresh] = withPaths(entry, wanted.keys());
  const isUnchanged = own && fresh && isEqual(own.fieldsV1, fresh.fieldsV1);
  next.metadata.managedFields = [...others.entries, ...(isUnchanged ? [own] : fresh ? [fresh] : [])];
  return next;
}
