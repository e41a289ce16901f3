// https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#get-connect-proxy-path
import type { Exchange } from '../../core';
import type { GroupPath } from './ApiRequest';

/** Which service a request is for, and what it asks of it. */
export interface ServiceProxyTarget {
  namespace: string;
  service: string;
  /** Name or number of a port of the service; absent for its only one. */
  port?: string;
  /** Begins with a slash, without the query. */
  path: string;
}

/** Answers a GET request in the name of a service. */
export type ServiceProxy = (exchange: Exchange, target: ServiceProxyTarget) => Promise<void>;

/** `namespaces/<ns>/services/[<scheme>:]<name>[:<port>]/proxy/<path>`, or undefined for another path. */
export function parseServiceProxy({ group, rest }: GroupPath): ServiceProxyTarget | undefined {
  const [root, namespace, plural, reference, subresource, ...path] = rest;
  if (group !== '' || root !== 'namespaces' || plural !== 'services' || subresource !== 'proxy') return undefined;
  const parts = reference.split(':');
  const [service, port] = parts.length > 2 ? parts.slice(1) : parts;
  return { namespace, service, ...(port && { port }), path: `/${path.join('/')}` };
}
