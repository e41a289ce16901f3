import type { AuthService, BackstageCredentials, DiscoveryService } from '@backstage/backend-plugin-api';
import { OperationsClient } from '@leitstand/plugin-operations-common';

/** What the access stands on. */
export interface DoorAccessOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  /** Where a person sees a run, decides on it and stops it. */
  linkTo(runId: string): string;
}

/** The door's routes as the scaffolder may call them. */
export class DoorAccess {
  readonly #options: DoorAccessOptions;

  constructor(options: DoorAccessOptions) {
    this.#options = options;
  }

  /** Asks in the name of whoever started the task; by the token the door sees that it is a template that asks. */
  as(credentials: () => Promise<BackstageCredentials>): OperationsClient {
    return this.#clientFor(credentials);
  }

  /** Reads runs as the scaffolder itself: a run may wait for longer than the credentials of its requester last. */
  asReader(): OperationsClient {
    return this.#clientFor(() => this.#options.auth.getOwnServiceCredentials());
  }

  /** The run's page. */
  linkTo(runId: string): string {
    return this.#options.linkTo(runId);
  }

  #clientFor(credentials: () => Promise<BackstageCredentials>): OperationsClient {
    const { auth, discovery } = this.#options;
    return new OperationsClient({
      discoveryApi: discovery,
      fetchApi: {
        async fetch(input, init) {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: await credentials(),
            targetPluginId: 'operations',
          });
          const headers = new Headers(init?.headers);
          headers.set('Authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    });
  }
}
