import { JsonClient, type JsonClientOptions } from '@leitstand/plugin-kit-common';
import { portalHealthSchema, type PortalHealth } from './portalHealth';

/** The route of the portal's own health, typed. */
export class PortalHealthClient {
  readonly #client: JsonClient;

  constructor(options: Omit<JsonClientOptions, 'pluginId'>) {
    this.#client = new JsonClient({ ...options, pluginId: 'connections' });
  }

  /**
   * How the portal itself is, as the process says that answers; at most five seconds old.
   *
   * @throws ResponseError
   */
  getPortalHealth(options: { signal?: AbortSignal } = {}): Promise<PortalHealth> {
    return this.#client.request({ path: '/v1/health', response: portalHealthSchema, signal: options.signal });
  }
}
