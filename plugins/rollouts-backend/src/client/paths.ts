import { InputError } from '@backstage/errors';
import type { ObjectSelection, ResourceName, WriteOptions } from './requests';

/** Path of a collection or of one object, encoded. */
export function pathOf(type: ResourceName, object: { namespace?: string; name?: string }): string {
  const root = type.group ? `/apis/${type.group}/${type.version}` : `/api/${type.version}`;
  const namespace = object.namespace === undefined ? '' : `/namespaces/${segmentOf(object.namespace)}`;
  const name = object.name === undefined ? '' : `/${segmentOf(object.name)}`;
  const subresource = type.subresource === undefined ? '' : `/${type.subresource}`;
  return `${root}${namespace}/${type.plural}${name}${subresource}`;
}

/** @throws InputError for what a URL takes for a step up; no name in Kubernetes is that */
function segmentOf(name: string): string {
  if (name === '.' || name === '..' || name === '') throw new InputError(`"${name}" is no name of an object`);
  return encodeURIComponent(name);
}

/** Query of a list or watch; what is undefined is left out. */
export function queryOf(
  selection: ObjectSelection,
  more: Record<string, string | number | boolean | undefined>,
): URLSearchParams {
  const { labelSelector, fieldSelector } = selection;
  const entries = Object.entries({ labelSelector, fieldSelector, ...more });
  return new URLSearchParams(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

/** Query of a patch or a creation. */
export function writeQueryOf({ fieldManager, dryRun }: WriteOptions): URLSearchParams {
  return new URLSearchParams({ fieldManager, ...(dryRun ? { dryRun: 'All' } : {}) });
}
