import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Run, RunPermissions } from '@leitstand/plugin-operations-common';
import { useCallback, useState } from 'react';
import { operationsApiRef } from '../../api';
import type { MakePlan } from '../../hooks/useOperationSession';
import { operationsReactTranslationRef } from '../../translation';
import { SessionDialog } from '../OperationDialog/SessionDialog';
import { UndoTrigger } from './UndoTrigger';

/** Plans what takes a run back and runs that like any other plan; where it cannot, says why. Gone while it is under way. */
export function UndoButton(props: {
  run: Run;
  /** Undefined while they are not known. */
  permissions: RunPermissions | undefined;
  onFinished?: (undo: Run) => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const operations = useApi(operationsApiRef);
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const { run } = props;
  const { id } = run;
  const makePlan = useCallback<MakePlan>((_, signal) => operations.planUndo(id, { signal }), [operations, id]);
  return (
    <>
      <UndoTrigger
        run={run}
        permissions={props.permissions}
        onUndo={() => {
          setWasOpened(true);
          setIsOpen(true);
        }}
      />
      {wasOpened && (
        <SessionDialog
          makePlan={makePlan}
          title={t('undo.dialog')}
          confirmLabel={() => t('undo.confirm')}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          onFinished={props.onFinished}
        />
      )}
    </>
  );
}
