import { randomBytes } from 'node:crypto';

/** The only source of randomness in the homelab; the same seed gives the same values. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A version 4 UUID (RFC 9562). */
  uuid(): string;
  /** `length` characters out of `alphabet`; lower-case letters and digits by default. */
  text(length: number, alphabet?: string): string;
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** mulberry32: 32 bits of state, enough for names that only have to differ. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param seed - any 32-bit integer; taken from the operating system when left out */
export function createRandom(seed: number = randomBytes(4).readUInt32LE()): Random {
  const next = mulberry32(seed);
  const text = (length: number, alphabet = letters) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  const hex = (length: number) => text(length, '0123456789abcdef');
  return {
    next,
    text,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${text(1, '89ab')}${hex(3)}-${hex(12)}`,
  };
}
