/** How backend plugins tell what they know of the portal itself. @packageDocumentation */
export * from './PortalAccounts';
