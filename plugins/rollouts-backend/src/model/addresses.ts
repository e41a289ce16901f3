import type { Address } from '@leitstand/plugin-rollouts-common';
import { LABEL_SERVICE_NAME, type EndpointSlice, type Ingress, type Service } from './networkObjects';

/** What stands between a workload's pods and those who call them; all of the workload's namespace. */
export interface NetworkParts {
  /** Labels of the workload's pod template. */
  labels: Readonly<Record<string, string>>;
  services: readonly Service[];
  endpointSlices: readonly EndpointSlice[];
  ingresses: readonly Ingress[];
  /** At which nodes are reached, for NodePorts. */
  nodeAddress?: string;
}

type Port = Service['spec']['ports'][number];

/** Where a workload can be reached, the widest reach first. */
export function addressesOf(parts: NetworkParts): Address[] {
  const services = parts.services.filter(service => selects(service, parts.labels));
  const ready = new Set(services.map(nameOf).filter(name => hasReadyEndpoints(name, parts.endpointSlices)));
  const ofServices = services.flatMap(service =>
    serviceAddresses(service, parts.nodeAddress).map(address => ({
      ...address,
      hasReadyEndpoints: ready.has(nameOf(service)),
    })),
  );
  const names = new Set(services.map(nameOf));
  const ofIngresses = parts.ingresses.flatMap(ingress => ingressAddresses(ingress, names, ready));
  const order = ['outside', 'nodes', 'cluster'];
  return [...ofIngresses, ...ofServices].sort((a, b) => order.indexOf(a.reach) - order.indexOf(b.reach));
}

function selects(service: Service, labels: NetworkParts['labels']): boolean {
  const selector = Object.entries(service.spec.selector);
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
}

/** An endpoint that does not say is ready. */
function hasReadyEndpoints(service: string, slices: readonly EndpointSlice[]): boolean {
  return slices.some(
    ({ metadata, endpoints }) =>
      metadata.labels[LABEL_SERVICE_NAME] === service && endpoints.some(({ conditions }) => conditions.ready !== false),
  );
}

type BareAddress = Omit<Address, 'hasReadyEndpoints'>;

function serviceAddresses(service: Service, nodeAddress = '<node>'): BareAddress[] {
  const { type, clusterIP, ports, externalIPs } = service.spec;
  const { name, namespace } = service.metadata;
  const isOutside = type === 'LoadBalancer';
  const balanced = isOutside
    ? service.status.loadBalancer.ingress.flatMap(({ hostname, ip }) => hostname ?? ip ?? [])
    : [];
  const label = clusterIP === 'None' ? 'headless' : type;
  return ports.flatMap(port => {
    const at = (host: string, number = port.port) => addressAt(host, number, port);
    const source = `Service/${name} (${label})`;
    const addresses: BareAddress[] = [...balanced, ...externalIPs].map(host => ({
      address: at(host),
      source,
      reach: 'outside',
    }));
    if (port.nodePort) addresses.push({ address: at(nodeAddress, port.nodePort), source, reach: 'nodes' });
    addresses.push({ address: at(`${name}.${namespace}.svc`), source, reach: 'cluster' });
    return addresses;
  });
}

/** A URL where the port says its protocol. */
function addressAt(host: string, number: number, port: Port): string {
  const protocol = protocolOf(port);
  if (!protocol) return `${host}:${number}`;
  const isUsual = number === (protocol === 'https' ? 443 : 80);
  return `${protocol}://${host}${isUsual ? '' : `:${number}`}`;
}

function protocolOf(port: Port): 'http' | 'https' | undefined {
  const said = (port.appProtocol ?? port.name).toLocaleLowerCase('en-US');
  if (/^https\b/.test(said) || (!said && port.port === 443)) return 'https';
  if (/^(http2?|web)\b/.test(said) || (!said && [80, 8080].includes(port.port))) return 'http';
  return undefined;
}

/** Rules of an Ingress that lead to one of the services; every class (traefik, nginx…) writes them alike. */
function ingressAddresses(ingress: Ingress, services: ReadonlySet<string>, ready: ReadonlySet<string>): Address[] {
  const { rules, tls, ingressClassName, defaultBackend } = ingress.spec;
  const [balancer] = ingress.status.loadBalancer.ingress;
  const source = `Ingress/${ingress.metadata.name}${ingressClassName ? ` (${ingressClassName})` : ''}`;
  const paths = rules.flatMap(({ host, http }) =>
    (http?.paths ?? []).map(({ path, backend }) => ({ host, path, backend })),
  );
  const all = [...paths, ...(defaultBackend ? [{ host: '', path: '/', backend: defaultBackend }] : [])];
  return all.flatMap(({ host, path, backend }) => {
    const service = backend.service?.name;
    if (!service || !services.has(service)) return [];
    const isSecure = tls.some(({ hosts }) => hosts.some(pattern => fitsHost(host, pattern)));
    const shownHost = host || balancer?.hostname || balancer?.ip || '<ingress>';
    return [
      {
        address: `${isSecure ? 'https' : 'http'}://${shownHost}${path === '/' ? '' : path}`,
        source,
        reach: 'outside' as const,
        hasReadyEndpoints: ready.has(service),
      },
    ];
  });
}

function fitsHost(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.slice(host.indexOf('.')) === pattern.slice(1) : host === pattern;
}

function nameOf(object: { metadata: { name: string } }): string {
  return object.metadata.name;
}
