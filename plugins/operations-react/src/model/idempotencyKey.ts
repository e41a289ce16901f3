/** A key that names one wish to run a plan. `crypto.randomUUID` would be missing where the portal is served without TLS. */
export function createIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
