import type { BackstageCredentials, BackstagePrincipalTypes } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Face } from '@leitstand/plugin-operations-common';
import { personAs, type Caller, type MappedService, type UserCredentials } from './Caller';

/** Credentials of a person or a program. */
export type CallerCredentials = BackstageCredentials<BackstagePrincipalTypes['user' | 'service']>;

/** Tells who calls: people, and the programs that `operations.services` names; nobody else comes in. */
export class Callers {
  readonly #services: ReadonlyMap<string, MappedService>;

  constructor(services: readonly MappedService[]) {
    this.#services = new Map(services.map(service => [service.subject, service]));
  }

  /**
   * @param face - through which face a person came. Default: `portal`. Programs come through `service`.
   * @throws NotAllowedError for a program that is not mapped: Backstage's permissions would let it do everything
   */
  of(credentials: CallerCredentials, face: Face = 'portal'): Caller {
    if (isPerson(credentials)) return personAs(face, credentials);
    const { subject } = credentials.principal as BackstagePrincipalTypes['service'];
    const service = this.#services.get(subject);
    if (!service) {
      throw new NotAllowedError(
        `The door is for people, and ${subject} is none. An administrator of the portal can map it in operations.services.`,
      );
    }
    return { requester: service.requester, face: 'service', credentials, service };
  }
}

function isPerson(credentials: CallerCredentials): credentials is UserCredentials {
  return credentials.principal.type === 'user';
}
