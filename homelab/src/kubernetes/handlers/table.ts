// Answers for people: https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
import type { Cluster } from '../Cluster';
import type { KubernetesObject } from '../model';
import { qualifiedName, type ResourceType } from '../resourceTypes';
import type { ApiRequest } from './ApiRequest';
import { columnsOf } from './tableColumns';

/** Does a client take a Table of meta.k8s.io/v1 before anything else, as `kubectl get` does? */
export function wantsTable({ exchange }: ApiRequest): boolean {
  const [first] = (exchange.request.headers.accept ?? '').split(',');
  return first.includes('as=Table') && /;v=v1(;|$)/.test(first);
}

function partialMetadata({ metadata }: KubernetesObject) {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

/** Objects as a Table with the columns of their kind; `metadata` is the list's, or the only object's. */
export function toTable(
  cluster: Cluster,
  type: ResourceType,
  { objects, metadata }: { objects: KubernetesObject[]; metadata: object },
): object {
  const definition = cluster.store.get('CustomResourceDefinition', undefined, qualifiedName(type));
  const columns = columnsOf(type, definition?.spec.versions.find(version => version.storage)?.additionalPrinterColumns);
  const nowMs = cluster.clock.now();
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, format = '', type: valueType = 'string', priority = 0 }) => ({
      name,
      type: valueType,
      format,
      description: name,
      priority,
    })),
    rows: objects.map(object => ({
      cells: columns.map(column => column.cell(object, nowMs)),
      object: partialMetadata(object),
    })),
  };
}
