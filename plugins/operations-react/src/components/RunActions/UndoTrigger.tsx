import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Run, RunPermissions } from '@leitstand/plugin-operations-common';
import { operationsReactTranslationRef } from '../../translation';
import { DialogButton } from '../OperationButton/DialogButton';

/** Begins to take a run back; where that cannot be, says why. Gone unless the run has succeeded. */
export function UndoTrigger(props: {
  run: Run;
  /** Undefined while they are not known. */
  permissions: RunPermissions | undefined;
  onUndo: () => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { run, permissions, onUndo } = props;
  const refusal = useUndoRefusal(run, permissions);
  if (run.state !== 'succeeded') return null;
  return (
    <DialogButton
      label={refusal === undefined ? t('undo.action') : t('undo.dialog')}
      refusal={refusal}
      onOpen={onUndo}
    />
  );
}

function useUndoRefusal(run: Run, permissions: RunPermissions | undefined): string | undefined {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  if (!run.undo.isPossible) return t('undo.impossible', { note: run.undo.note });
  if (run.undoneBy !== undefined) return t('undo.isUndone');
  if (!permissions) return t('button.loading');
  if (permissions.undo.isAllowed) return undefined;
  const { refusal } = permissions.undo;
  return refusal === undefined ? t('button.unavailableUnknown') : t('undo.refused', { reason: refusal });
}
