import type { AvailableOperation } from '@leitstand/plugin-operations-common';
import { OperationDialog, useAvailableOperations, type OperationForm } from '@leitstand/plugin-operations-react';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';

/** One way to use an operation of the page's entity. */
export interface OperationUse {
  operation: AvailableOperation;
  /** What the person pressed; also what the button that runs the plan says. */
  label: string;
  input?: Record<string, unknown>;
  inputForm?: OperationForm;
}

/** What can be done to the workload of a page. */
export interface WorkloadOperations {
  entityRef: string;
  /** Whether the door has answered. */
  isKnown: boolean;
  /** Why it has not. */
  error: unknown;
  /** Undefined where there is none for this entity, or the door has not answered. */
  find(id: string): AvailableOperation | undefined;
  open(use: OperationUse): void;
  reload(): void;
}

const OperationsContext = createContext<WorkloadOperations | undefined>(undefined);

/**
 * Asks what can be done to an entity's workload, and holds the dialog: it stays open when the row that it was opened from
 * goes, as that of a deleted pod does.
 */
export function WorkloadOperationsProvider(props: { entityRef: string; children: ReactNode }) {
  const { entityRef, children } = props;
  const { value, error, reload } = useAvailableOperations(entityRef);
  const [use, setUse] = useState<OperationUse>();
  const [isOpen, setIsOpen] = useState(false);
  const open = useCallback((next: OperationUse) => {
    setUse(next);
    setIsOpen(true);
  }, []);
  const operations = useMemo<WorkloadOperations>(
    () => ({
      entityRef,
      isKnown: value !== undefined,
      error,
      find: id => value?.find(({ operation }) => operation === id),
      open,
      reload,
    }),
    [entityRef, value, error, open, reload],
  );
  return (
    <OperationsContext.Provider value={operations}>
      {children}
      {use && (
        <OperationDialog
          operation={use.operation.operation}
          title={use.label}
          entityRef={entityRef}
          input={use.input}
          inputForm={use.inputForm}
          confirmLabel={() => use.label}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          onFinished={reload}
        />
      )}
    </OperationsContext.Provider>
  );
}

/** What can be done on this page; undefined on pages where nothing can. */
export function useWorkloadOperations(): WorkloadOperations | undefined {
  return useContext(OperationsContext);
}
