import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** What the lookup stands on. */
export interface EntityLookupOptions {
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  /** Told when the catalogue cannot be asked; what is known stays. */
  onError: (error: unknown) => void;
  now?: () => number;
}

interface Knowledge {
  exists: boolean;
  /** When it was last among what was asked for. */
  wantedAt: number;
  checkedAt: number;
  /** When it was first not there. */
  missingSince: number | undefined;
}

/** How long what exists is taken for granted, in milliseconds; what is missing is asked for each time. */
const trustedForMs = 60_000;
/** How long something must be missing to count so, in milliseconds: after a start the catalogue itself is incomplete. */
const missingAfterMs = 30_000;
/** How long what nobody asks for is remembered, in milliseconds: names come and go with what is discovered. */
const keptForMs = 24 * 3_600_000;
/** Entities in one question. */
const batchCount = 200;

/** Which owners and systems there are in the catalogue. */
export class EntityLookup {
  readonly #options: EntityLookupOptions;
  readonly #now: () => number;
  readonly #known = new Map<string, Knowledge>();

  constructor(options: EntityLookupOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Asks for what is not known to exist. Never throws. */
  async ask(refs: Iterable<string>): Promise<void> {
    const now = this.#now();
    const open = [...new Set(refs)].filter(ref => {
      const known = this.#known.get(ref);
      if (known) known.wantedAt = now;
      return !known?.exists || now - known.checkedAt >= trustedForMs;
    });
    try {
      for (let start = 0; start < open.length; start += batchCount) {
        await this.#askFor(open.slice(start, start + batchCount), now);
      }
    } catch (error) {
      this.#options.onError(error);
    }
    this.#known.forEach(({ wantedAt }, ref) => now - wantedAt >= keptForMs && this.#known.delete(ref));
  }

  /** Whether it is known to exist. */
  exists(ref: string): boolean {
    return this.#known.get(ref)?.exists ?? false;
  }

  /** Whether it has been known not to exist for a while. */
  isMissing(ref: string): boolean {
    const since = this.#known.get(ref)?.missingSince;
    return since !== undefined && this.#now() - since >= missingAfterMs;
  }

  async #askFor(entityRefs: string[], now: number): Promise<void> {
    const credentials = await this.#options.auth.getOwnServiceCredentials();
    const request = { entityRefs, fields: ['kind'] };
    const { items } = await this.#options.catalog.getEntitiesByRefs(request, { credentials });
    entityRefs.forEach((ref, index) => {
      const exists = items[index] !== undefined;
      const missingSince = exists ? undefined : (this.#known.get(ref)?.missingSince ?? now);
      this.#known.set(ref, { exists, wantedAt: now, checkedAt: now, missingSince });
    });
  }
}
