import type { Config } from '@backstage/config';
import { workloadKindSchema, type WorkloadKind } from '@leitstand/plugin-rollouts-common';
import { LabelSelector } from './LabelSelector';

/** What the catalogue takes of the clusters, and how often it looks by itself. */
export interface CatalogConfig {
  namespaces: {
    /** Patterns; undefined means all. */
    include: string[] | undefined;
    /** Patterns; they count more than those of `include`. */
    exclude: string[];
  };
  kinds: WorkloadKind[];
  labelSelector: LabelSelector | undefined;
  /** Full reference of the System of components whose own does not exist. */
  fallbackSystem: string | undefined;
  /** Until the catalogue is first told. */
  initialDelaySeconds: number;
  /** Between two looks when nothing changes. */
  frequencySeconds: number;
}

/** Namespaces in which the cluster's own parts, and operators as they are usually installed, run. */
const defaultExcludedNamespaces = [
  'kube-*',
  '*-system',
  '*-operator',
  '*-operators',
  'openshift-*',
  'cattle-*',
  'gke-*',
  'cert-manager',
  'ingress-nginx',
  'local-path-storage',
  'olm',
];

/** @throws when a value has the wrong type, or a kind or the label selector cannot be understood */
export function readCatalogConfig(config: Config): CatalogConfig {
  const catalog = config.getOptionalConfig('rollouts.catalog');
  const kinds = catalog?.getOptionalStringArray('kinds');
  const labelSelector = catalog?.getOptionalString('labelSelector');
  return {
    namespaces: {
      include: catalog?.getOptionalStringArray('namespaces.include'),
      exclude: [
        ...(config.getOptionalStringArray('rollouts.namespaces.exclude') ?? []),
        ...(catalog?.getOptionalStringArray('namespaces.exclude') ?? defaultExcludedNamespaces),
      ],
    },
    kinds: kinds ? kinds.map(readKind) : [...workloadKindSchema.options],
    labelSelector: labelSelector ? readSelector(labelSelector) : undefined,
    fallbackSystem: catalog?.getOptionalString('system'),
    initialDelaySeconds: catalog?.getOptionalNumber('schedule.initialDelaySeconds') ?? 1,
    frequencySeconds: catalog?.getOptionalNumber('schedule.frequencySeconds') ?? 30,
  };
}

function readKind(text: string): WorkloadKind {
  const kind = workloadKindSchema.safeParse(text);
  if (kind.success) return kind.data;
  throw new Error(`rollouts.catalog.kinds: ${text} is none of ${workloadKindSchema.options.join(', ')}`);
}

function readSelector(text: string): LabelSelector {
  try {
    return LabelSelector.parse(text);
  } catch (cause) {
    throw new Error(`rollouts.catalog.labelSelector: ${(cause as Error).message}`, { cause });
  }
}
