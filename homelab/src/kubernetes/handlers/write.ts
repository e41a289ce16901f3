import { badRequest, notFound, methodNotAllowed, notModelled } from '../codec/ApiError';
import { formatTime } from '../codec/timestamp';
import { isObject } from '../codec/json';
import type { Cluster } from '../Cluster';
import type { KubernetesObject } from '../model';
import type { DeleteOptions, WriteOptions } from '../state/Resources';
import type { ApiRequest } from './ApiRequest';
import { applyApply, applyPatch, readPatch } from './patch';
import { readObject, respondJson } from './respond';
import { scaleOf, withScale } from './scale';
import { isDryRun, selectionOf } from './selection';

/** `fieldManager`, or what the API server makes of the user agent. */
function managerOf(request: ApiRequest): string {
  const agent = request.exchange.entry.userAgent ?? 'unknown';
  return (request.query.get('fieldManager') || agent.split('/')[0]).slice(0, 128);
}

function writeOptions(request: ApiRequest, options: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions'): WriteOptions {
  const subresource = request.subresource as WriteOptions['subresource'];
  return {
    manager: managerOf(request),
    isDryRun: isDryRun(request.query, options),
    ...(subresource && { subresource }),
  };
}

/** @throws ApiError 404 */
export function requireObject(cluster: Cluster, request: ApiRequest): KubernetesObject {
  const { type, namespace, name = '' } = request;
  const object = type.isComputed
    ? cluster.list(type).find(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
    : cluster.store.get(type.kind, namespace, name);
  if (!object) throw notFound(type, name);
  return object;
}

/** The object as its subresource shows it. */
export function viewOf(request: ApiRequest, object: KubernetesObject): KubernetesObject {
  return request.subresource === 'scale' ? scaleOf(object) : object;
}

function requireMatch(request: ApiRequest, object: KubernetesObject): void {
  const { type, name, namespace } = request;
  const { metadata, kind } = object;
  if (kind && kind !== type.kind && kind !== 'Scale') {
    throw badRequest(`${kind} in version "${object.apiVersion}" cannot be handled as a ${type.kind}`);
  }
  if (name && metadata?.name && metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (namespace && metadata?.namespace && metadata.namespace !== namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
}

/** Secrets may be written in clear text and are kept in base64. */
function encodeSecret(object: KubernetesObject): KubernetesObject {
  const { stringData, data, type, ...rest } = object as KubernetesObject & Record<string, unknown>;
  const texts = Object.entries(isObject(stringData) ? stringData : {});
  const encoded = texts.map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return {
    ...rest,
    data: { ...(data as object), ...Object.fromEntries(encoded) },
    type: type ?? 'Opaque',
  } as KubernetesObject;
}

/** The object of a create or update request. @throws ApiError 400 when it does not belong to the path */
async function readResource(request: ApiRequest): Promise<KubernetesObject> {
  const object = (await readObject(request.exchange)) as unknown as KubernetesObject;
  requireMatch(request, object);
  const metadata = { ...object.metadata, ...(request.namespace && { namespace: request.namespace }) };
  const complete = { ...object, metadata };
  return request.type.kind === 'Secret' ? encodeSecret(complete) : complete;
}

/** POST on a collection. @throws ApiError when the API would refuse it */
export async function createObject(cluster: Cluster, request: ApiRequest): Promise<void> {
  if (request.name) throw request.subresource ? notModelled(`POST ${request.subresource}`) : methodNotAllowed();
  if (request.type.isNamespaced && !request.namespace) throw methodNotAllowed();
  const object = await readResource(request);
  const created = cluster.resources.create(request.type, object, writeOptions(request, 'CreateOptions'));
  respondJson(request.exchange, created, 201);
}

function replace(
  cluster: Cluster,
  request: ApiRequest,
  write: { next: KubernetesObject; options: WriteOptions },
): void {
  const { next, options } = write;
  const live = requireObject(cluster, request);
  const object = request.subresource === 'scale' ? withScale(live, next) : next;
  respondJson(request.exchange, viewOf(request, cluster.resources.update(live, object, options)));
}

/** PUT on an object or its subresource. @throws ApiError when the API would refuse it */
export async function updateObject(cluster: Cluster, request: ApiRequest): Promise<void> {
  if (!request.name) throw methodNotAllowed();
  const next = await readResource(request);
  replace(cluster, request, { next, options: writeOptions(request, 'UpdateOptions') });
}

/** PATCH on an object or its subresource. @throws ApiError when the API would refuse it */
export async function patchObject(cluster: Cluster, request: ApiRequest): Promise<void> {
  const { type, namespace, name } = request;
  if (!name) throw methodNotAllowed();
  const patch = await readPatch(request);
  const options = writeOptions(request, 'PatchOptions');
  if (!patch.isApply) {
    const next = applyPatch(viewOf(request, requireObject(cluster, request)), patch);
    requireMatch(request, next);
    replace(cluster, request, { next, options });
    return;
  }
  if (request.subresource) throw notModelled(`server-side apply on ${type.plural}/${request.subresource}`);
  const live = cluster.store.get(type.kind, namespace, name);
  const time = formatTime(cluster.clock.now());
  const next = applyApply(request, live, { patch, time });
  const { managedFields, ...metadata } = next.metadata;
  const object = { ...next, metadata };
  if (live) replace(cluster, request, { next: object, options: { ...options, managedFields } });
  else respondJson(request.exchange, cluster.resources.create(type, object, { ...options, managedFields }), 201);
}

async function readDeleteOptions(request: ApiRequest): Promise<DeleteOptions> {
  const body = (await readObject(request.exchange)) as DeleteOptions & {
    dryRun?: string[];
    orphanDependents?: boolean;
  };
  const { query } = request;
  const grace = query.get('gracePeriodSeconds');
  return {
    propagationPolicy:
      query.get('propagationPolicy') ?? body.propagationPolicy ?? (body.orphanDependents ? 'Orphan' : undefined),
    gracePeriodSeconds: grace === null ? body.gracePeriodSeconds : Number(grace),
    preconditions: body.preconditions,
    isDryRun: isDryRun(query, 'DeleteOptions') || (body.dryRun ?? []).includes('All'),
  };
}

/** DELETE on an object. @throws ApiError when the API would refuse it */
export async function deleteObject(cluster: Cluster, request: ApiRequest): Promise<void> {
  if (request.subresource) throw methodNotAllowed();
  const options = await readDeleteOptions(request);
  const { type } = request;
  const { object, isRemoved } = cluster.resources.delete(type, requireObject(cluster, request), options);
  const { name, uid } = object.metadata;
  const details = { name, ...(type.group && { group: type.group }), kind: type.plural, uid };
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  respondJson(request.exchange, isRemoved ? status : object);
}

/** DELETE on a collection, or on what selectors leave of it. @throws ApiError when the API would refuse it */
export async function deleteCollection(cluster: Cluster, request: ApiRequest): Promise<void> {
  const options = await readDeleteOptions(request);
  const { type, exchange } = request;
  const selected = (cluster.store.list(type.kind) as KubernetesObject[]).filter(selectionOf(request));
  const items = selected.map(object => cluster.resources.delete(type, object, options).object);
  respondJson(exchange, { kind: `${type.kind}List`, apiVersion: items[0]?.apiVersion ?? 'v1', metadata: {}, items });
}
