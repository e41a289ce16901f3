import type { Connection, ConnectionRight } from '@leitstand/plugin-kit-common';

const worstFirst: Connection['state'][] = ['unreachable', 'partial', 'not-configured', 'connected'];

/** Those that need somebody's attention first, then by name. */
export function sortConnections(connections: Connection[]): Connection[] {
  const rank = (connection: Connection) => worstFirst.indexOf(connection.state);
  return [...connections].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** Rights by what is known of them. */
export interface SortedRights {
  missing: ConnectionRight[];
  /** The upstream could not be asked. */
  unknown: ConnectionRight[];
  granted: ConnectionRight[];
}

/** Splits rights by what the upstream says of them. */
export function sortRights(rights: ConnectionRight[]): SortedRights {
  return {
    missing: rights.filter(right => right.isGranted === false),
    unknown: rights.filter(right => right.isGranted === undefined),
    granted: rights.filter(right => right.isGranted === true),
  };
}
