/** A port of loopback that nobody uses now, and that no outgoing connection takes before a server listens on it. */
export async function findFreePort(): Promise<number> {
  // eslint-disable-next-line @backstage/no-relative-monorepo-imports -- the launcher is no package
  const ports = await import('../../../../scripts/launcher/ports.mjs');
  return ports.findFreePort();
}
