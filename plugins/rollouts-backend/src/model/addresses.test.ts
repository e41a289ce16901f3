import { addressesOf, type NetworkParts } from './addresses';
import { endpointSliceType, ingressType, serviceType } from './networkObjects';

const labels = { app: 'web' };

function metadataOf(name: string, more: object = {}) {
  return { name, namespace: 'shop', uid: `uid-${name}`, creationTimestamp: '2026-03-01T08:00:00Z', ...more };
}

function serviceOf(name: string, spec: object, status: object = {}) {
  return serviceType.schema.parse({
    metadata: metadataOf(name),
    spec: { clusterIP: '10.43.0.7', selector: labels, ports: [{ name: 'http', port: 80 }], ...spec },
    status,
  });
}

function ingressOf(name: string, spec: object, status: object = {}) {
  return ingressType.schema.parse({ metadata: metadataOf(name), spec, status });
}

function sliceOf(service: string, ready?: boolean | null) {
  return endpointSliceType.schema.parse({
    metadata: metadataOf(`${service}-abc`, { labels: { 'kubernetes.io/service-name': service } }),
    endpoints: [{ addresses: ['10.42.0.9'], conditions: { ready } }],
  });
}

function shown(parts: Partial<NetworkParts>) {
  const none: NetworkParts = { labels, services: [], endpointSlices: [], ingresses: [] };
  return addressesOf({ ...none, ...parts }).map(({ address, source, reach }) => `${reach} ${address} ${source}`);
}

describe('addressesOf', () => {
  it.each([
    ['a ClusterIP', { type: 'ClusterIP' }, {}, ['cluster http://web.shop.svc Service/web (ClusterIP)']],
    [
      'a headless Service of another protocol',
      { clusterIP: 'None', ports: [{ name: 'tcp-kafka', port: 9092 }] },
      {},
      ['cluster web.shop.svc:9092 Service/web (headless)'],
    ],
    [
      'a NodePort, with the protocol that it says',
      { type: 'NodePort', ports: [{ port: 8443, nodePort: 30443, appProtocol: 'https' }] },
      {},
      [
        'nodes https://10.0.0.5:30443 Service/web (NodePort)',
        'cluster https://web.shop.svc:8443 Service/web (NodePort)',
      ],
    ],
    [
      'a LoadBalancer',
      { type: 'LoadBalancer', ports: [{ name: 'web', port: 8080, nodePort: 31000 }] },
      { loadBalancer: { ingress: [{ ip: '203.0.113.4' }] } },
      [
        'outside http://203.0.113.4:8080 Service/web (LoadBalancer)',
        'nodes http://10.0.0.5:31000 Service/web (LoadBalancer)',
        'cluster http://web.shop.svc:8080 Service/web (LoadBalancer)',
      ],
    ],
    ['a Service of other pods', { selector: { app: 'other' } }, {}, []],
    ['a Service that selects nothing', { selector: {} }, {}, []],
  ])('%s', (_, spec, status, expected) => {
    expect(shown({ services: [serviceOf('web', spec, status)], nodeAddress: '10.0.0.5' })).toEqual(expected);
  });

  it('follows Ingresses to the Service', () => {
    const backend = { service: { name: 'web', port: { number: 80 } } };
    const ingresses = [
      ingressOf('shop', {
        ingressClassName: 'traefik',
        tls: [{ hosts: ['shop.example.org', '*.apps.example.org'] }],
        rules: [
          {
            host: 'shop.example.org',
            http: {
              paths: [
                { path: '/', backend },
                { path: '/api', backend },
              ],
            },
          },
          { host: 'a.apps.example.org', http: { paths: [{ backend }] } },
          { host: 'plain.example.org', http: { paths: [{ path: '/', backend: { service: { name: 'other' } } }] } },
        ],
      }),
      ingressOf('any', { defaultBackend: backend }, { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } }),
    ];
    const services = [serviceOf('web', {})];
    expect(shown({ services, ingresses }).filter(line => line.startsWith('outside'))).toEqual([
      'outside https://shop.example.org Ingress/shop (traefik)',
      'outside https://shop.example.org/api Ingress/shop (traefik)',
      'outside https://a.apps.example.org Ingress/shop (traefik)',
      'outside http://203.0.113.9 Ingress/any',
    ]);
  });

  it.each([
    [true, true],
    [null, true], // "nil should be interpreted as ready"
    [false, false],
  ])('tells whether a ready pod stands behind it: %s', (ready, expected) => {
    const parts = { labels, services: [serviceOf('web', {})], endpointSlices: [sliceOf('web', ready)], ingresses: [] };
    expect(addressesOf(parts)[0].hasReadyEndpoints).toBe(expected);
    expect(addressesOf({ ...parts, endpointSlices: [sliceOf('other', true)] })[0].hasReadyEndpoints).toBe(false);
  });
});
