export interface Config {
  rollouts?: {
    namespaces?: {
      /**
       * Namespaces whose workloads are neither listed nor put into the catalogue; a `*` at an end stands for anything.
       * Default: `kube-*`.
       */
      exclude?: string[];
    };
    catalog?: {
      namespaces?: {
        /** Only these namespaces are put into the catalogue; a `*` at an end stands for anything. Default: all. */
        include?: string[];
        /**
         * Namespaces that are not put into the catalogue although pages show them, beside `rollouts.namespaces.exclude`.
         * Default: `kube-*` and those in which operators usually run, such as `*-system`, `*-operator`, `cert-manager`.
         */
        exclude?: string[];
      };
      /** Kinds of workload that become components. Default: all four. */
      kinds?: Array<'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob'>;
      /** Only workloads with fitting labels, in kubectl's form: `team=shop,stage notin (test)`. Default: all. */
      labelSelector?: string;
      /** System, as an entity reference, of components that name none or one that does not exist. Default: none. */
      system?: string;
      schedule?: {
        /** Seconds after the start until the catalogue is first told what runs on the clusters. Default: 1. */
        initialDelaySeconds?: number;
        /** Seconds between two looks when nothing changes on the clusters; a change is told at once. Default: 30. */
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
          /**
           * Namespaces in which that account has its rights, where they are given by RoleBindings. Left out, its rights
           * are looked for on the whole cluster; either way the cluster itself decides.
           */
          namespaces?: string[];
        }>;
      };
    };
  };
}
