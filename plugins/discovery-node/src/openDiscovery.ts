import type { AuthService, DatabaseService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { DatabaseLease, type PortalProcess } from '@leitstand/plugin-kit-node';
import { EntityLookup } from './EntityLookup';
import { openDatabase } from './migrate';
import { ProviderStatusStore } from './ProviderStatusStore';

/** Whose discovery it is, and what it stands on. */
export interface DiscoveryOptions {
  /** In the catalogue; also the lease's name. */
  providerName: string;
  /** What is discovered, for the log: `workloads`. */
  nouns: string;
  /** The catalogue's own. */
  database: DatabaseService;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  logger: LoggerService;
  process: PortalProcess;
}

/** What each provider of entities needs. */
export interface Discovery {
  /** Held by the one process that may write. */
  lease: DatabaseLease;
  statuses: ProviderStatusStore;
  lookup: EntityLookup;
}

/** Prepares what a provider of entities needs; nothing of it has to be closed. @throws the database's error */
export async function openDiscovery(options: DiscoveryOptions): Promise<Discovery> {
  const { providerName, nouns, database, catalog, auth, logger, process } = options;
  const knex = await openDatabase(database);
  const lease = DatabaseLease.create({
    knex,
    table: 'leitstand_leases',
    name: providerName,
    holder: process.name,
    onError: error => logger.warn(`Putting ${nouns} into the catalogue failed and begins again.`, asError(error)),
  });
  const statuses = new ProviderStatusStore({ knex, provider: providerName, lease });
  const onError = (error: unknown) => logger.debug('Owners and systems could not be looked up.', asError(error));
  return { lease, statuses, lookup: new EntityLookup({ catalog, auth, onError }) };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
