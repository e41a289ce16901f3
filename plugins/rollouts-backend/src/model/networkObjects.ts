import { z } from 'zod/v3';
import type { ResourceType } from '../client/KubernetesClient';
import { metadataSchema } from './kubernetesObjects';

/*
 * How workloads are reached, trimmed.
 * Source: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.32/
 */

const portNameSchema = z.union([z.string(), z.number()]);

const loadBalancerSchema = z
  .object({
    ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).default([]),
  })
  .default({});

const serviceSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    type: z.string().default('ClusterIP'),
    clusterIP: z.string().default(''),
    selector: z.record(z.string()).default({}),
    externalIPs: z.array(z.string()).default([]),
    ports: z
      .array(
        z.object({
          name: z.string().default(''),
          port: z.number(),
          nodePort: z.number().optional(),
          protocol: z.string().default('TCP'),
          appProtocol: z.string().optional(),
        }),
      )
      .default([]),
  }),
  status: z.object({ loadBalancer: loadBalancerSchema }).default({}),
});
export type Service = z.infer<typeof serviceSchema>;

/** The label by which an EndpointSlice names its Service. */
export const LABEL_SERVICE_NAME = 'kubernetes.io/service-name';

const endpointSliceSchema = z.object({
  metadata: metadataSchema.extend({ labels: z.object({ [LABEL_SERVICE_NAME]: z.string().optional() }).default({}) }),
  endpoints: z
    .array(z.object({ conditions: z.object({ ready: z.boolean().nullish() }).default({}) }))
    .nullish()
    .transform(endpoints => endpoints ?? []),
});
export type EndpointSlice = z.infer<typeof endpointSliceSchema>;

const backendSchema = z.object({
  service: z
    .object({ name: z.string(), port: z.object({ name: portNameSchema, number: z.number() }).partial().default({}) })
    .optional(),
});

const ingressSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      ingressClassName: z.string().nullish(),
      defaultBackend: backendSchema.optional(),
      tls: z.array(z.object({ hosts: z.array(z.string()).default([]) })).default([]),
      rules: z
        .array(
          z.object({
            host: z.string().default(''),
            http: z
              .object({ paths: z.array(z.object({ path: z.string().default('/'), backend: backendSchema })) })
              .optional(),
          }),
        )
        .default([]),
    })
    .default({}),
  status: z.object({ loadBalancer: loadBalancerSchema }).default({}),
});
export type Ingress = z.infer<typeof ingressSchema>;

export const serviceType: ResourceType<Service> = {
  group: '',
  version: 'v1',
  plural: 'services',
  schema: serviceSchema,
};

export const endpointSliceType: ResourceType<EndpointSlice> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  schema: endpointSliceSchema,
};

export const ingressType: ResourceType<Ingress> = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingresses',
  schema: ingressSchema,
};
