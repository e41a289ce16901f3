import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { entityRefSchema } from '@leitstand/plugin-operations-common';

/**
 * Full references of people and groups, in lower case; none where the key is not there.
 *
 * @param options.of - the list in which the entry is, for the error
 * @throws InputError for one that is not full: it would mean nobody
 */
export function readReferences(entry: Config, options: { key: string; of: string }): string[] {
  const references = (entry.getOptionalStringArray(options.key) ?? []).map(ref => ref.toLocaleLowerCase('en-US'));
  const wrong = references.find(ref => !entityRefSchema.safeParse(ref).success);
  if (wrong === undefined) return references;
  throw new InputError(`${options.of}: '${wrong}' is not a full reference; write it like group:default/platform-team`);
}
