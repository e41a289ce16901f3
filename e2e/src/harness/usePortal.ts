import type { Browser } from 'playwright-core';
import { openBrowser } from './openBrowser';
import { startPortal, type Portal, type PortalOptions } from './startPortal';

/** What the journeys of one file share; filled before the first of them. */
export interface Journey {
  portal: Portal;
  browser: Browser;
}

/**
 * Starts a portal and a browser before the file's first test and ends both after its last.
 *
 * @param prepare - runs before the start and says how to start
 */
export function usePortal(prepare?: () => Promise<PortalOptions>): Journey {
  const journey = {} as Journey;
  beforeAll(async () => {
    [journey.portal, journey.browser] = await Promise.all([startPortal(await prepare?.()), openBrowser()]);
  });
  afterAll(async () => {
    await journey.browser?.close();
    await journey.portal?.stop();
  });
  return journey;
}
