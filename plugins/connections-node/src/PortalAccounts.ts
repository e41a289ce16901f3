import { createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import type { PortalParts } from '@leitstand/plugin-connections-common';
import { withinTime } from '@leitstand/plugin-kit-node';

/** Name of something that areas tell of the portal. */
export type PortalPart = keyof PortalParts;

/** What is known of the portal now. */
export interface PortalAccount {
  /** A part that nobody tells is empty. */
  parts: PortalParts;
  /** Parts of which somebody could not tell, in time or at all. */
  unknown: PortalPart[];
}

interface Teller {
  part: PortalPart;
  /** Undefined where it cannot tell. */
  tell: () => Promise<unknown[] | undefined>;
}

const timeLimitMs = 2_000;

/** Where areas leave what tells of the portal itself: what they are configured to do, and what only they can count. */
export class PortalAccounts {
  readonly #tellers: Teller[] = [];

  /**
   * @param tell - asks no other system but the database; what it says holds no secrets. One that fails, or takes longer than
   *   two seconds, is left out
   */
  add<TPart extends PortalPart>(part: TPart, tell: () => Promise<PortalParts[TPart]>): void {
    this.#tellers.push({ part, tell: () => tell().catch(() => undefined) }); // its area is down, and says why
  }

  /** Never rejects. */
  async read(): Promise<PortalAccount> {
    const parts: PortalParts = {
      ...{ databases: [], doorRules: [], guestRules: [], runCarriers: [], runs: [], signIns: [], waysOut: [] },
    };
    const unknown = new Set<PortalPart>();
    const told = await Promise.all(
      this.#tellers.map(async ({ part, tell }) => ({
        part,
        items: await withinTime(tell(), { ms: timeLimitMs, otherwise: undefined }),
      })),
    );
    for (const { part, items } of told) {
      if (items === undefined) unknown.add(part);
      else Object.assign(parts, { [part]: [...parts[part], ...items] });
    }
    return { parts, unknown: [...unknown].sort() };
  }
}

/** One per backend process. */
export const portalAccountsServiceRef = createServiceRef<PortalAccounts>({
  id: 'leitstand.connections.portal-accounts',
  scope: 'root',
  defaultFactory: async service => createServiceFactory({ service, deps: {}, factory: () => new PortalAccounts() }),
});
