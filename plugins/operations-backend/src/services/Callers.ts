import type { BackstageCredentials, BackstagePrincipalTypes } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Face } from '@leitstand/plugin-operations-common';
import { personAs, type Caller, type MappedService, type UserCredentials } from './Caller';

/** Credentials of a person or a program. */
export type CallerCredentials = BackstageCredentials<BackstagePrincipalTypes['user' | 'service']>;

/** The plugin that runs templates. It proves itself by its token; a caller cannot claim to be it. */
const scaffolder = 'plugin:scaffolder';

/** Tells who calls: people, and the programs that `operations.services` names; nobody else comes in. */
export class Callers {
  readonly #services: ReadonlyMap<string, MappedService>;

  constructor(services: readonly MappedService[]) {
    this.#services = new Map(services.map(service => [service.subject, service]));
  }

  /**
   * A person's face is `portal`; `template` when the scaffolder asks in the person's name, and `tool` when another plugin
   * does. Programs come through `service`.
   *
   * @throws NotAllowedError for a program that is not mapped: Backstage's permissions would let it do everything
   */
  of(credentials: CallerCredentials): Caller {
    if (isPerson(credentials)) return personAs(faceOf(credentials), credentials);
    const { subject } = credentials.principal as BackstagePrincipalTypes['service'];
    const service = this.#services.get(subject);
    if (!service) {
      throw new NotAllowedError(
        `The door is for people, and ${subject} is none. An administrator of the portal can map it in operations.services.`,
      );
    }
    return { requester: service.requester, face: 'service', credentials, service };
  }

  /**
   * For what only a person decides: nothing that acts in the person's name does.
   *
   * @throws NotAllowedError for a plugin that acts in a person's name
   */
  person(credentials: UserCredentials): Caller {
    if (faceOf(credentials) === 'portal') return personAs('portal', credentials);
    throw new NotAllowedError('A person decides on this, in the portal; nothing that acts in the name of one can.');
  }

  /**
   * For reads of a single run: the scaffolder follows runs that last longer than their requester's credentials.
   *
   * @throws NotAllowedError as {@link of}
   */
  assertMayFollow(credentials: CallerCredentials): void {
    const { principal } = credentials;
    if (principal.type === 'service' && principal.subject === scaffolder) return;
    this.of(credentials);
  }
}

function faceOf({ principal }: UserCredentials): Face {
  if (!principal.actor) return 'portal';
  return principal.actor.subject === scaffolder ? 'template' : 'tool';
}

function isPerson(credentials: CallerCredentials): credentials is UserCredentials {
  return credentials.principal.type === 'user';
}
