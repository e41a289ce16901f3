import type { BackstageCredentials, BackstagePrincipalTypes } from '@backstage/backend-plugin-api';
import type { Face } from '@leitstand/plugin-operations-common';

/** Credentials of a person. */
export type UserCredentials = BackstageCredentials<BackstagePrincipalTypes['user']>;

/** A program that the configuration lets through the door, and as whom. */
export interface MappedService {
  /** Its principal, for example `external:ci`. */
  subject: string;
  /** Entity reference under which it is on record, for example `service:default/ci`. */
  requester: string;
  /** Ids of the operations that it may run. */
  operations: string[];
  /** On whose things: full references of groups. */
  owners: string[];
  /** Who answers for it, and so does not approve what it asks for: full references of people and groups. */
  responsible: string[];
}

/** Who asks the door for something, and through which face. */
export interface Caller {
  /** Entity reference. */
  requester: string;
  face: Face;
  credentials: BackstageCredentials;
  /** A client that signed in by OAuth started the template that asks: a person has to confirm, as for a tool. */
  isClient?: boolean;
  /** Undefined for people. */
  service?: MappedService;
}

/** A person as the door knows callers. */
export function personAs(face: Face, credentials: UserCredentials): Caller {
  return { requester: credentials.principal.userEntityRef, face, credentials };
}
