import type { Config } from '@backstage/config';

/** By which the scaffolder says that a client that signed in by OAuth started a template. It only ever takes rights away. */
export const startedByHeader = 'leitstand-started-by';
export const startedByClient = 'client';

/** What is needed of a request. */
export interface TokenBearer {
  headers: { authorization?: string; [startedByHeader]?: string | string[] };
}

/** Whether tokens say that they come from a sign-in, so that those of OAuth clients can be told from them. */
export function areSignInsMarked(config: Config): boolean {
  return config.getOptionalBoolean('auth.omitIdentityTokenOwnershipClaim') === false;
}

/**
 * Whether the token of a request comes from a sign-in to the portal. Where `auth.omitIdentityTokenOwnershipClaim` is `false`,
 * tokens of sign-ins have the claim `ent`; those that clients get by OAuth never have it, and cannot be exchanged for one
 * that has. The token has been verified before; what cannot be read is no token of a sign-in.
 */
export function isSignInToken({ headers: { authorization = '' } }: TokenBearer): boolean {
  const [, payload] = /^Bearer [^.]+\.([^.]+)\.[^.]+$/i.exec(authorization) ?? [];
  if (payload === undefined) return false;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { ent?: unknown };
    return Array.isArray(claims.ent);
  } catch {
    return false; // not JSON: some other kind of token
  }
}
