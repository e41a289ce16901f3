import { ConflictError, NotFoundError } from '@backstage/errors';
import { withCode } from '@leitstand/plugin-kit-common';
import type { OperationErrorCode } from '@leitstand/plugin-operations-common';
import type { Operation, OperationsExtensionPoint } from '@leitstand/plugin-operations-node';

/** The operations that the installed modules declare. */
export class OperationRegistry implements OperationsExtensionPoint {
  readonly #operations = new Map<string, Operation>();

  addOperation(operation: Operation): void {
    if (this.#operations.has(operation.id)) {
      throw new ConflictError(`Two modules declare the operation ${operation.id}`);
    }
    this.#operations.set(operation.id, operation);
  }

  list(): Operation[] {
    return [...this.#operations.values()];
  }

  /** @throws NotFoundError with code `OPERATION_UNKNOWN` */
  get(id: string): Operation {
    const operation = this.#operations.get(id);
    if (!operation) {
      throw withCode(
        new NotFoundError(`There is no operation ${id}. The module that declares it may not be installed.`),
        'OPERATION_UNKNOWN' satisfies OperationErrorCode,
      );
    }
    return operation;
  }
}
