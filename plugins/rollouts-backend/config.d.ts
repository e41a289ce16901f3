export interface Config {
  rollouts?: {
    namespaces?: {
      /**
       * Namespaces whose workloads are neither listed nor put into the catalogue; a trailing `*` stands for any end.
       * Default: `kube-*`.
       */
      exclude?: string[];
    };
    catalog?: {
      schedule?: {
        /** Seconds after the start until the catalogue is first told what runs on the clusters. Default: 1. */
        initialDelaySeconds?: number;
        /** Seconds between two looks at the clusters. Default: 30. */
        frequencySeconds?: number;
      };
    };
  };
  operations?: {
    upstreams?: {
      kubernetes?: {
        /** Credentials with which operations change things. Address and certificate come from `kubernetes:`, by name. */
        clusters?: Array<{
          /** Name of the cluster in `kubernetes.clusterLocatorMethods`. */
          name: string;
          /**
           * Token of a service account that may change workloads.
           *
           * @visibility secret
           */
          serviceAccountToken: string;
        }>;
      };
    };
  };
}
