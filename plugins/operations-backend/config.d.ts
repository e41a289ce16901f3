import type { HumanDuration } from '@backstage/types';

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
      /** Projects of a cloud; left out, any. */
      projects?: string[];
      /** Datasets; left out, any. */
      datasets?: string[];
      /** Labels that the entity has, all of them; left out, any. Whoever registers the entity writes them. */
      labels?: { [name: string]: string };
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
    /** Which runs wait for somebody's yes. The first entry that matches decides; without one nobody is asked. */
    approvals?: Array<{
      /** Id of an operation, a list of them, or `*`. Default: `*`. */
      operation?: string | string[];
      /** Where; all that is given has to match. Each a name or a list of names. Default: everywhere. */
      where?: {
        /** Of `environments`. */
        environment?: string | string[];
        cluster?: string | string[];
        namespace?: string | string[];
        project?: string | string[];
        dataset?: string | string[];
      };
      /** Full references of groups and people. One of them who is not the requester has to say yes. */
      approvers: string[];
      /** How long the run waits. Default: 4 hours. */
      expiresAfter?: HumanDuration | string;
    }>;
    /** What tools may do that act for a person. */
    agents?: {
      /** Ids of operations that a tool may run without the person's confirmation in the portal. Default: none. */
      mayRun?: string[];
    };
    /** Programs that may use the door. Others are refused. */
    services?: Array<{
      /** The program's principal, for example `external:ci`, the subject of an entry of `backend.auth.externalAccess`. */
      subject: string;
      /** It is on record as `service:default/<name>`. */
      name: string;
      /** Ids of the operations that it may run. */
      operations: string[];
      /** On whose things: references of groups, whose ownership is confirmed. */
      owners: string[];
      /** Who answers for it: full references of people and groups. None of them approves what it asks for. Default: nobody. */
      responsible?: string[];
    }>;
    /** Values that inputs of operations refer to by name, as `{ secretRef: <name> }`. */
    secrets?: Array<{
      /** `a-z`, `0-9` and `-`. */
      name: string;
      /** @visibility secret */
      value: string;
    }>;
    ledger?: {
      /** After how many days runs that have ended, and what the ledger says of them, are removed. Default: never. */
      retentionDays?: number;
    };
    /**
     * How long after an interruption a run still starts steps anew. After that it needs somebody's attention. Default: 10
     * minutes.
     */
    resumeWithin?: HumanDuration | string;
  };
}
