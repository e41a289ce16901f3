import type { AuthService, BackstageCredentials, DiscoveryService } from '@backstage/backend-plugin-api';
import { OperationsClient } from '@leitstand/plugin-operations-common';
import type { PeopleNames } from './PeopleNames';
import { isSignInToken, startedByClient, startedByHeader } from '../../services/isSignInToken';

/** What the access stands on. */
export interface DoorAccessOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  /** Whether tokens say that they come from a sign-in. */
  areSignInsMarked: boolean;
  names: PeopleNames;
  /** Where a person sees a run, decides on it and stops it. */
  linkTo(runId: string): string;
}

/** The door's routes as the scaffolder may call them. */
export class DoorAccess {
  readonly #options: DoorAccessOptions;

  constructor(options: DoorAccessOptions) {
    this.#options = options;
  }

  /**
   * Asks in the name of whoever started the task; by the token the door sees that it is a template that asks. The token names
   * the person, not by which token the task was started: whether that was one of an OAuth client is told besides.
   */
  as(credentials: () => Promise<BackstageCredentials>): OperationsClient {
    const { areSignInsMarked } = this.#options;
    return this.#clientFor(credentials, initiator => areSignInsMarked && !isOfSignIn(initiator));
  }

  /** Reads runs as the scaffolder itself: a run may wait for longer than the credentials of its requester last. */
  asReader(): OperationsClient {
    return this.#clientFor(() => this.#options.auth.getOwnServiceCredentials());
  }

  /** The run's page. */
  linkTo(runId: string): string {
    return this.#options.linkTo(runId);
  }

  /** A sentence of the door as people read it: with names. */
  sayNames(sentence: string): Promise<string> {
    return this.#options.names.in(sentence);
  }

  #clientFor(
    credentials: () => Promise<BackstageCredentials>,
    isOfClient: (initiator: BackstageCredentials) => boolean = () => false,
  ): OperationsClient {
    const { auth, discovery } = this.#options;
    return new OperationsClient({
      discoveryApi: discovery,
      fetchApi: {
        async fetch(input, init) {
          const onBehalfOf = await credentials();
          const { token } = await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'operations' });
          const headers = new Headers(init?.headers);
          if (isOfClient(onBehalfOf)) headers.set(startedByHeader, startedByClient);
          headers.set('Authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    });
  }
}

/** The scaffolder keeps the token with which a task was started beside the credentials. */
function isOfSignIn(initiator: BackstageCredentials & { token?: unknown }): boolean {
  return (
    typeof initiator.token === 'string' && isSignInToken({ headers: { authorization: `Bearer ${initiator.token}` } })
  );
}
