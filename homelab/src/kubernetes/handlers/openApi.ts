// The little of https://kubernetes.io/docs/concepts/overview/kubernetes-api/#openapi-v3 that kubectl reads: that every
// kind takes `fieldValidation`, so that it leaves the validation to the server.
import { apiVersionOf, type ResourceType } from '../resourceTypes';
import { groupVersionsOf } from './discovery';

const queryParameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(name => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
}));

function rootOf(groupVersion: string): string {
  return groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;
}

function operation(type: ResourceType, action: string) {
  const { group, version, kind } = type;
  return {
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
    parameters: queryParameters,
    responses: { 200: { description: 'OK' } },
  };
}

function pathsOf(type: ResourceType): [string, object][] {
  const scope = type.isNamespaced ? '/namespaces/{namespace}' : '';
  const collection = `/${rootOf(apiVersionOf(type))}${scope}/${type.plural}`;
  const item = { get: operation(type, 'get'), put: operation(type, 'put'), patch: operation(type, 'patch') };
  return [
    [collection, { get: operation(type, 'list'), post: operation(type, 'post') }],
    [`${collection}/{name}`, item],
  ];
}

/** A schema that lets every field through. */
function schemaOf({ group, version, kind }: ResourceType): [string, object] {
  const fields = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const name = `io.k8s.api.${group || 'core'}.${version}.${kind}`;
  return [name, { ...fields, 'x-kubernetes-group-version-kind': [{ group, version, kind }] }];
}

/** What `/openapi/v3` and the paths below it answer; undefined for another path. */
export function describeSchemas(path: string, types: readonly ResourceType[]): object | undefined {
  if (path === '/openapi/v3') {
    const roots = ['v1', ...groupVersionsOf(types)].map(rootOf);
    return { paths: Object.fromEntries(roots.map(root => [root, { serverRelativeURL: `/openapi/v3/${root}` }])) };
  }
  const stored = types.filter(type => !type.isComputed && path === `/openapi/v3/${rootOf(apiVersionOf(type))}`);
  if (stored.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.6+k3s1' },
    paths: Object.fromEntries(stored.flatMap(pathsOf)),
    components: { schemas: Object.fromEntries(stored.map(schemaOf)) },
  };
}
