import Dialog from '@mui/material/Dialog';
import type { Plan, Run } from '@leitstand/plugin-operations-common';
import { useId, useState } from 'react';
import type { OperationRequest } from '../../hooks/useOperationSession';
import { OperationSessionView } from './OperationSessionView';

/** What the dialog is for. */
export interface OperationDialogProps extends OperationRequest {
  /** The operation's title, shown until the plan brings a summary. */
  title: string;
  /** What the button that runs the plan says, for example `Roll back to revision 3`. Default: the plan's title. */
  confirmLabel?: (plan: Plan) => string;
  isOpen: boolean;
  onClose: () => void;
  /** Called once, when the run has ended in whatever way while the dialog was open. */
  onFinished?: (run: Run) => void;
}

/**
 * The way of a write as a person goes it: plan, reading, confirmation, progress, result.
 * Opening it asks for a plan. Closing it stops nothing. A click beside it does not close it: a reason may be half written.
 */
export function OperationDialog(props: OperationDialogProps) {
  const { isOpen, onClose, ...session } = props;
  const titleId = useId();
  const [isStarting, setIsStarting] = useState(false);
  // Between the click and the answer nobody could say whether there is a run.
  const close = (_event: unknown, reason?: string) => {
    if (!isStarting && reason !== 'backdropClick') onClose();
  };
  return (
    <Dialog open={isOpen} onClose={close} aria-labelledby={titleId} fullWidth maxWidth="md" scroll="paper">
      <OperationSessionView {...session} titleId={titleId} onClose={onClose} onStartingChange={setIsStarting} />
    </Dialog>
  );
}
