import type { Config } from '@backstage/config';

/** Makes links to the page on which a person sees a run, decides on it and stops it; relative without `app.baseUrl`. */
export function runLinks(config: Config): (runId: string) => string {
  const portalUrl = (config.getOptionalString('app.baseUrl') ?? '').replace(/\/+$/, '');
  return runId => `${portalUrl}/activity/runs/${runId}`;
}
