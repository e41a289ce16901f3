// Who owns which field: https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
import type { KubernetesObject, ManagedFieldsEntry } from '../model';
import { decodeFields, encodeFields, fieldSetOf } from './fieldSet';
import { isEqual } from './json';

/** Who writes, when, and through which subresource (absent for the object itself). */
export interface FieldWriter {
  manager: string;
  time: string;
  subresource?: string;
}

/** Does an entry belong to this manager, operation and subresource? */
export function isEntryOf(entry: ManagedFieldsEntry, writer: FieldWriter, operation: 'Apply' | 'Update'): boolean {
  return entry.manager === writer.manager && entry.operation === operation && entry.subresource === writer.subresource;
}

/** Gives an entry other paths, and drops it when none is left. */
export function withPaths(entry: ManagedFieldsEntry, paths: Iterable<string>): ManagedFieldsEntry[] {
  const fieldsV1 = encodeFields(paths);
  return Object.keys(fieldsV1).length > 0 ? [{ ...entry, fieldsV1 }] : [];
}

/**
 * The `managedFields` after a create, update or patch: the writer owns what it changed, nobody owns what is gone.
 * @param before - undefined for a create
 */
export function trackUpdate(
  before: KubernetesObject | undefined,
  after: KubernetesObject,
  writer: FieldWriter,
): ManagedFieldsEntry[] {
  const part = writer.subresource === 'status' ? 'status' : 'main';
  const old = before ? fieldSetOf(before, part) : new Map<string, unknown>();
  const fresh = fieldSetOf(after, part);
  const changed = [...fresh.keys()].filter(path => !old.has(path) || !isEqual(old.get(path), fresh.get(path)));
  const lost = new Set([...changed, ...[...old.keys()].filter(path => !fresh.has(path))]);
  if (lost.size === 0) return before?.metadata.managedFields ?? [];

  const entries = before?.metadata.managedFields ?? [];
  const own = entries.find(entry => isEntryOf(entry, writer, 'Update'));
  const others = entries
    .filter(entry => entry !== own)
    .flatMap(entry =>
      withPaths(
        entry,
        decodeFields(entry.fieldsV1).filter(path => !lost.has(path)),
      ),
    );
  const kept = own ? decodeFields(own.fieldsV1).filter(path => !lost.has(path)) : [];
  const entry: ManagedFieldsEntry = {
    manager: writer.manager,
    operation: 'Update',
    apiVersion: after.apiVersion,
    time: writer.time,
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    ...(writer.subresource && { subresource: writer.subresource }),
  };
  return [...others, ...withPaths(entry, [...kept, ...changed])];
}
