/** Types of what tests use of ports.mjs. */

/** A port of loopback that nobody uses now. */
export function findFreePort(): Promise<number>;
