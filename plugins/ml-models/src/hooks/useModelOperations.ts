import type { AvailableOperation } from '@leitstand/plugin-operations-common';
import { useAvailableOperations } from '@leitstand/plugin-operations-react';

/** What can be done to a model. */
export interface ModelOperations {
  entityRef: string;
  /** Why the door has not answered. */
  error: unknown;
  /** Undefined where there is none for this entity, or the door has not answered. */
  find(id: string): AvailableOperation | undefined;
  reload(): void;
}

/** Asks the door once for all buttons of a page. */
export function useModelOperations(entityRef: string): ModelOperations {
  const { value, error, reload } = useAvailableOperations(entityRef);
  return { entityRef, error, find: id => value?.find(({ operation }) => operation === id), reload };
}
