import { InputError } from '@backstage/errors';
import { timestampSchema } from '@leitstand/plugin-operations-common';
import { z } from 'zod/v3';

const positionSchema = z.tuple([timestampSchema, z.string().uuid()]);

/** Where a page of the ledger ended. Opaque outside. */
export function encodeCursor(position: { createdAt: string; id: string }): string {
  return Buffer.from(JSON.stringify([position.createdAt, position.id])).toString('base64url');
}

/** @throws InputError when the text is not a cursor that {@link encodeCursor} wrote */
export function decodeCursor(cursor: string): { createdAt: string; id: string } {
  try {
    const [createdAt, id] = positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { createdAt, id };
  } catch {
    throw new InputError('query.cursor: is not a cursor of this list. Start again without one.');
  }
}
