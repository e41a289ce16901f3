import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { isFinished, type Run } from '@leitstand/plugin-operations-common';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { operationsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';

/** Asks a run to stop, after saying what that means; before it has begun, withdraws it. Gone when it has ended. */
export function StopButton(props: { run: Run; onStopped: (run: Run) => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const { run, onStopped } = props;
  if (isFinished(run.state)) return null;
  return (
    <>
      <Button variant="outlined" color="error" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {hasBegun(run) ? t('stop.action') : t('stop.withdraw')}
      </Button>
      <StopDialog run={run} isOpen={isOpen} onClose={() => setIsOpen(false)} onStopped={onStopped} />
    </>
  );
}

const hasBegun = (run: Run) => run.startedAt !== undefined || run.steps.length > 0;

function StopDialog(props: { run: Run; isOpen: boolean; onClose: () => void; onStopped: (run: Run) => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const operations = useApi(operationsApiRef);
  const titleId = useId();
  const { run, isOpen, onClose, onStopped } = props;
  const { isBusy, error, act } = useAction();
  const isBegun = hasBegun(run);
  const stop = () =>
    act(async () => {
      onStopped(await operations.cancelRun(run.id));
      onClose();
    });
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{isBegun ? t('stop.title') : t('stop.withdrawTitle')}</DialogTitle>
      <DialogContent>
        <Stack spacing={1.5}>
          <Typography variant="body2">{run.summary}</Typography>
          <Typography variant="body2">{isBegun ? t('stop.begun') : t('stop.notBegun')}</Typography>
          {error !== undefined && <FailureAlert title={t('stop.failed')} error={error} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('stop.back')}</Button>
        <Button variant="contained" color="error" onClick={stop} disabled={isBusy}>
          {isBusy && t('stop.stopping')}
          {!isBusy && (isBegun ? t('stop.confirm') : t('stop.confirmWithdraw'))}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
