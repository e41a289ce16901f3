import type { BackstageCredentials, BackstagePrincipalTypes } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Face } from '@leitstand/plugin-operations-common';
import { isSignInToken, startedByClient, startedByHeader, type TokenBearer } from './isSignInToken';
import { personAs, type Caller, type MappedService, type UserCredentials } from './Caller';

/** Credentials of a person or a program. */
export type CallerCredentials = BackstageCredentials<BackstagePrincipalTypes['user' | 'service']>;

/** The plugin that runs templates. It proves itself by its token; a caller cannot claim to be it. */
const scaffolder = 'plugin:scaffolder';

/** Tells who calls: people, and the programs that `operations.services` names; nobody else comes in. */
export class Callers {
  readonly #services: ReadonlyMap<string, MappedService>;
  readonly #areSignInsMarked: boolean;

  /** @param options.areSignInsMarked - whether tokens say that they come from a sign-in. Default: false */
  constructor(services: readonly MappedService[], options: { areSignInsMarked?: boolean } = {}) {
    this.#services = new Map(services.map(service => [service.subject, service]));
    this.#areSignInsMarked = options.areSignInsMarked ?? false;
  }

  /**
   * A person's face is `portal`; `template` when the scaffolder asks in the person's name, and `tool` when another plugin
   * does. Where sign-ins are marked, a token that a client got by OAuth is a `tool` as well, and the scaffolder says of which
   * templates such a client is behind. Programs come through `service`.
   *
   * @param request - left out, a token that names no plugin is not known to be of a sign-in
   * @throws NotAllowedError for a program that is not mapped: Backstage's permissions would let it do everything
   */
  of(credentials: CallerCredentials, request?: TokenBearer): Caller {
    if (isPerson(credentials)) {
      const person = personAs(this.#faceOf(credentials, request), credentials);
      return request?.headers[startedByHeader] === startedByClient ? { ...person, isClient: true } : person;
    }
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
   * @throws NotAllowedError for a plugin, or a client that signed in by OAuth, that acts in a person's name
   */
  person(credentials: UserCredentials, request?: TokenBearer): Caller {
    if (this.#faceOf(credentials, request) === 'portal') return personAs('portal', credentials);
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

  #faceOf({ principal: { actor } }: UserCredentials, request: TokenBearer | undefined): Face {
    if (actor) return actor.subject === scaffolder ? 'template' : 'tool';
    return this.#areSignInsMarked && !(request && isSignInToken(request)) ? 'tool' : 'portal';
  }
}

function isPerson(credentials: CallerCredentials): credentials is UserCredentials {
  return credentials.principal.type === 'user';
}
