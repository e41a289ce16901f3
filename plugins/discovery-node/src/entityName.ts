import { createHash } from 'node:crypto';

/** Longest name of an entity. */
const maxLength = 63;
const hashLength = 12;

/**
 * The name of the entity for an upstream object that names none: its parts joined by dots, for example
 * `homelab-k3s.microservices.backend`. Whenever a part does not fit as it is, everything but `[a-z0-9-]` becomes a dash
 * and a hash of the parts is added; such a name has no dot, so it can never be that of another object.
 * One function for all kinds; different parts give different names.
 */
export function entityNameOf(...parts: string[]): string {
  const plain = parts.join('.');
  const fits = parts.every(part => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(part)) && plain.length <= maxLength;
  if (fits && (parts.length > 1 || !/(^|-)[0-9a-f]{12}$/.test(plain))) return plain;
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, hashLength);
  const readable = parts
    .join('-')
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength - hashLength - 1)
    .replace(/^-+|-+$/g, '');
  return readable ? `${readable}-${hash}` : hash;
}
