import { z } from 'zod/v3';

/**
 * A secret in an operation's input: the name of an entry of `operations.secrets`, never the value. Plans, runs and the
 * ledger hold the name only.
 */
export const secretReferenceSchema = z.object({ secretRef: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/) }).strict();
export type SecretReference = z.infer<typeof secretReferenceSchema>;
