import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { isFinished, type Run } from '@leitstand/plugin-operations-common';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useRun } from '../../hooks/useRun';
import { useRunPermissions } from '../../hooks/useRunPermissions';
import { runRouteRef } from '../../routes';
import { operationsReactTranslationRef } from '../../translation';
import { StopButton } from '../RunActions/StopButton';
import { UndoTrigger } from '../RunActions/UndoTrigger';
import { RunView } from '../RunView';
import { DialogBar, DialogBody } from './DialogParts';

/** Following the run to its end. */
export function RunStep(props: {
  run: Run;
  onClose: () => void;
  onFinished?: (run: Run) => void;
  onUndo: (runId: string) => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const runLink = useRouteRef(runRouteRef);
  const { run = props.run, error, isLive, refresh } = useRun(props.run.id, props.run);
  useFinished(run, props.onFinished);
  const permissions = useRunPermissions(run).value;
  const isOver = isFinished(run.state);
  return (
    <>
      <DialogBody>
        <Stack spacing={1.5}>
          <RunView run={run} isLive={isLive} />
          {error !== undefined && !isOver && <Alert severity="warning">{t('dialog.runUnreadable')}</Alert>}
        </Stack>
      </DialogBody>
      <DialogBar
        note={
          !isOver && (
            <Typography variant="caption" color="text.secondary">
              {t('dialog.keepsRunning')}
            </Typography>
          )
        }
      >
        {permissions?.cancel.isAllowed !== false && <StopButton run={run} onStopped={refresh} />}
        <UndoTrigger run={run} permissions={permissions} onUndo={() => props.onUndo(run.id)} />
        <Button component={RouterLink} to={runLink({ id: run.id })} onClick={props.onClose}>
          {t('dialog.openRun')}
        </Button>
        <Button variant={isOver ? 'contained' : 'outlined'} onClick={props.onClose}>
          {t('dialog.close')}
        </Button>
      </DialogBar>
    </>
  );
}

/** Tells once that a run has ended. */
function useFinished(run: Run, onFinished: ((run: Run) => void) | undefined) {
  const wasTold = useRef(false);
  useEffect(() => {
    if (!isFinished(run.state) || wasTold.current) return;
    wasTold.current = true;
    onFinished?.(run);
  }, [run, onFinished]);
}
