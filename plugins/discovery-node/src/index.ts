/** What catalogue providers share: one writer, statuses, names, relations. @packageDocumentation */
export * from './AnnotationRelationsProcessor';
export * from './CatalogTeller';
export * from './entityName';
export * from './EntityLookup';
export * from './LeasedEntityProvider';
export { migrationsConfig } from './migrate';
export * from './openDiscovery';
export * from './ProviderStatuses';
export * from './ProviderStatusStore';
export * from './StatusTeller';
