export interface Config {
  leitstand?: {
    /** Owner of discovered things that nobody was given. Default: `group:default/unowned`. */
    fallbackOwner?: string;
    /** Which group is given which part of the upstream systems. A grant counts as confirmed ownership. */
    ownership?: Array<{
      /** Entity reference of a group, for example `group:default/todo-team`. */
      group: string;
      kubernetes?: Array<{
        /** Name of the cluster in `kubernetes.clusterLocatorMethods`. */
        cluster: string;
        /** Namespaces of that cluster; a `*` at the end stands for anything. Left out, the whole cluster. */
        namespaces?: string[];
      }>;
      bigquery?: Array<{
        /** Id of the project. */
        project: string;
        /** Datasets of that project; a `*` at the end stands for anything. Left out, the whole project. */
        datasets?: string[];
      }>;
    }>;
  };
}
