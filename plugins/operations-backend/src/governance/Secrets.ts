import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';
import { secretReferenceSchema, type SecretReference } from '@leitstand/plugin-operations-node';

/** The values behind secret references; the key `operations.secrets`. Only steps of runs see them. */
export class Secrets {
  readonly #values: ReadonlyMap<string, string>;

  private constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** @throws InputError when a name cannot be referred to, or is there twice */
  static fromConfig(config: Config): Secrets {
    const values = new Map<string, string>();
    for (const entry of config.getOptionalConfigArray('operations.secrets') ?? []) {
      const name = entry.getString('name');
      if (!secretReferenceSchema.safeParse({ secretRef: name }).success) {
        throw new InputError(`operations.secrets: '${name}' is no name; use a-z, 0-9 and -, 63 at most`);
      }
      if (values.has(name)) throw new InputError(`operations.secrets has two entries with the name ${name}`);
      values.set(name, entry.getString('value'));
    }
    return new Secrets(values);
  }

  /** @throws InputError with code `SECRET_UNKNOWN` */
  resolve({ secretRef }: SecretReference): string {
    const value = this.#values.get(secretRef);
    if (value !== undefined) return value;
    const code: OperationErrorCode = 'SECRET_UNKNOWN';
    throw withCode(new InputError(`operations.secrets has no entry ${secretRef}`), code);
  }
}
