export interface Config {
  /** The one door for writes. */
  operations?: {
    /** Environments by place. The first entry that matches decides; one without conditions matches everything. */
    environments?: Array<{
      /** For example `production`. */
      name: string;
      /** Names of clusters; left out, any. */
      clusters?: string[];
      /** Namespaces; left out, any. */
      namespaces?: string[];
    }>;
    /** What is asked of a person before an operation runs. An environment without an entry asks nothing. */
    policies?: Array<{
      /** Name of one of `environments`. */
      environment: string;
      /** Whether a reason must be given. Default: optional. */
      reason?: 'required' | 'optional';
      /** Whether the dialog asks to confirm. Default: none. */
      confirmation?: 'required' | 'none';
    }>;
  };
}
