import { useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { operationsApiRef } from '../../api';
import type { MakePlan } from '../../hooks/useOperationSession';
import { SessionDialog, type SessionDialogProps } from './SessionDialog';

/** What the dialog is for. */
export interface OperationDialogProps extends Omit<SessionDialogProps, 'makePlan'> {
  operation: string;
  entityRef: string;
}

/** The dialog of one operation on one entity: input where it has a form, plan, consent, progress, result. */
export function OperationDialog(props: OperationDialogProps) {
  const { operation, entityRef, ...dialog } = props;
  const operations = useApi(operationsApiRef);
  const makePlan = useCallback<MakePlan>(
    (input, signal) => operations.plan({ operation, entityRef, input }, { signal }),
    [operations, operation, entityRef],
  );
  return <SessionDialog {...dialog} makePlan={makePlan} />;
}
