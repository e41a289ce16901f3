/** What every area answers where the portal itself cannot go on. Closed list; each has a row in `docs/errors.md`. */
export const portalErrorCodes = ['DATABASE_UNAVAILABLE'] as const;

/** One of {@link portalErrorCodes}. */
export type PortalErrorCode = (typeof portalErrorCodes)[number];
