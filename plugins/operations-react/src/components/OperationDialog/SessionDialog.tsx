import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Dialog from '@mui/material/Dialog';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useCallback, useId, useState } from 'react';
import { operationsApiRef } from '../../api';
import type { MakePlan } from '../../hooks/useOperationSession';
import { operationsReactTranslationRef } from '../../translation';
import { OperationSessionView, type OperationSessionProps } from './OperationSessionView';

/** What every dialog that leads to a run needs. */
export interface SessionDialogProps extends OperationSessionProps {
  isOpen: boolean;
}

/**
 * The way of a write as a person goes it: input, plan, reading, confirmation, progress, result.
 * Opening it asks for a plan. Closing it stops nothing. From a run that succeeded it goes on to the plan of its undo.
 * A click beside it does not close it: a reason may be half written.
 */
export function SessionDialog(props: SessionDialogProps) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const operations = useApi(operationsApiRef);
  const { isOpen, onClose, ...session } = props;
  const titleId = useId();
  const isOnPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const [isStarting, setIsStarting] = useState(false);
  const [undoneId, setUndoneId] = useState<string>();
  const makeUndoPlan = useCallback<MakePlan>(
    (_, signal) => operations.planUndo(undoneId ?? '', { signal }),
    [operations, undoneId],
  );
  // Between the click and the answer nobody could say whether there is a run.
  const close = (_event: unknown, reason?: string) => {
    if (!isStarting && reason !== 'backdropClick') onClose();
  };
  return (
    <Dialog
      open={isOpen}
      onClose={close}
      TransitionProps={{ onExited: () => setUndoneId(undefined) }}
      aria-labelledby={titleId}
      fullWidth
      fullScreen={isOnPhone}
      maxWidth="md"
      scroll="paper"
    >
      <OperationSessionView
        key={undoneId}
        {...session}
        {...(undoneId !== undefined && {
          makePlan: makeUndoPlan,
          input: undefined,
          inputForm: undefined,
          title: t('undo.dialog'),
          confirmLabel: () => t('undo.confirm'),
        })}
        titleId={titleId}
        onClose={onClose}
        onUndo={setUndoneId}
        onStartingChange={setIsStarting}
      />
    </Dialog>
  );
}
