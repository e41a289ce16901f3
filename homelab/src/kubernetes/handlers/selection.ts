import { badRequest, invalidOptions } from '../codec/ApiError';
import { parseFieldSelector, parseLabelSelector } from '../codec/selectors';
import type { KubernetesObject } from '../model';
import type { ApiRequest } from './ApiRequest';

/**
 * What a list, watch or deletion of a collection is about.
 * @throws ApiError 400 when a selector is wrong
 */
export function selectionOf(request: ApiRequest): (object: KubernetesObject) => boolean {
  const { namespace, query, type } = request;
  const hasLabels = parseLabelSelector(query.get('labelSelector') ?? '');
  const hasFields = parseFieldSelector(query.get('fieldSelector') ?? '', type.kind);
  return object =>
    (!namespace || object.metadata.namespace === namespace) && hasLabels(object.metadata.labels) && hasFields(object);
}

/**
 * Reads a resource version; undefined when none, or the one that means "any", is given.
 * @throws ApiError 400 when it is not a number of ours
 */
export function resourceVersionOf(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion') ?? '';
  if (text === '' || text === '0') return undefined;
  if (!/^\d+$/.test(text))
    throw badRequest(`invalid resource version "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  return Number(text);
}

/** @throws ApiError 422 for anything but `All` */
export function isDryRun(
  query: URLSearchParams,
  options: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions',
): boolean {
  const value = query.get('dryRun');
  if (value === null || value === 'All') return value === 'All';
  const detail = `Unsupported value: ${JSON.stringify(value)}: supported values: "All"`;
  throw invalidOptions(options, { field: 'dryRun', reason: 'FieldValueNotSupported', detail });
}
