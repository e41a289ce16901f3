/** Types of ownSystems.mjs, for the journeys. */

/** Real systems in place of the homelab's, as `startStack` takes them. */
export interface OwnSystems {
  defaultConfigs: string[];
  configs: string[];
  /** Secret. */
  environment: Record<string, string>;
  summary: string[];
  notes: string[];
  /** Removes the files. */
  remove(): Promise<void>;
}

/**
 * What `npm start -- --kubeconfig FILE` does before the stack is started.
 *
 * @throws LauncherError; no file is left then
 */
export function prepareOwnSystems(directory: string, options: { kubeconfig?: string }): Promise<OwnSystems>;
