import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Operation } from './Operation';

/** Where modules of the plugin `operations` declare what can be done. */
export interface OperationsExtensionPoint {
  /** @throws ConflictError when the id is taken */
  addOperation(operation: Operation): void;
}

/** Only modules of the backend plugin `operations` can use it; they alone hold write credentials. */
export const operationsExtensionPoint = createExtensionPoint<OperationsExtensionPoint>({
  id: 'operations.operations',
});
