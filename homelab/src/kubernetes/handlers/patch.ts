// https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply
import { badRequest, invalidOptions, unsupportedMediaType } from '../codec/ApiError';
import { isObject, type JsonObject } from '../codec/json';
import { applyJsonPatch } from '../codec/jsonPatch';
import { applyMergePatch } from '../codec/mergePatch';
import { applyConfiguration } from '../codec/serverSideApply';
import { applyStrategicMergePatch } from '../codec/strategicMergePatch';
import type { KubernetesObject } from '../model';
import { contentType, parseBody, readBody } from './respond';
import type { ApiRequest } from './ApiRequest';

const applyTypes = ['application/apply-patch+yaml', 'application/apply-patch+json'];
const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  ...applyTypes,
];

/** A patch that is read and not yet applied. */
export interface Patch {
  type: string;
  body: unknown;
  isApply: boolean;
}

/** Reads a patch. @throws ApiError 415 for a type that the API server does not know, 400 for a body that is none */
export async function readPatch(request: ApiRequest): Promise<Patch> {
  const type = contentType(request.exchange);
  if (!patchTypes.includes(type)) throw unsupportedMediaType(patchTypes.slice(0, 4).join(', '));
  const isApply = applyTypes.includes(type);
  const body = parseBody((await readBody(request.exchange)).toString('utf8'), isApply);
  if (type !== 'application/json-patch+json' && !isObject(body)) {
    throw badRequest('json: cannot unmarshal the patch into Go value of type map[string]interface {}');
  }
  return { type, body, isApply };
}

/** Applies any patch but a server-side apply. @throws ApiError 400 or 422 when it does not fit */
export function applyPatch(target: KubernetesObject, patch: Patch): KubernetesObject {
  const result = change(target, patch);
  if (!isObject(result) || !isObject(result.metadata)) throw badRequest('the patch leaves no object behind');
  return result as unknown as KubernetesObject;
}

function change(target: KubernetesObject, { type, body }: Patch): unknown {
  switch (type) {
    case 'application/json-patch+json':
      return applyJsonPatch(target, body);
    case 'application/merge-patch+json':
      return applyMergePatch(target, body);
    default:
      return applyStrategicMergePatch(target, body as JsonObject);
  }
}

/**
 * Applies a server-side apply to the live object, or to nothing.
 * @throws ApiError 409 on a conflict of owners, 422 when the request has no fieldManager
 */
export function applyApply(
  request: ApiRequest,
  live: KubernetesObject | undefined,
  options: { patch: Patch; time: string },
): KubernetesObject {
  const manager = request.query.get('fieldManager');
  if (!manager) {
    throw invalidOptions('PatchOptions', {
      field: 'fieldManager',
      reason: 'FieldValueRequired',
      detail: 'Required value: is required for apply patch',
    });
  }
  const body = options.patch.body as unknown as KubernetesObject;
  const { name = '', namespace } = request;
  if (body.metadata?.name && body.metadata.name !== name) {
    throw badRequest(`the name of the object (${body.metadata.name}) does not match the name on the URL (${name})`);
  }
  const configuration = { ...body, metadata: { ...body.metadata, name, ...(namespace && { namespace }) } };
  const force = request.query.get('force') === 'true';
  return applyConfiguration(live, configuration, { manager, time: options.time, force });
}
