import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Run, RunPermissions } from '@leitstand/plugin-operations-common';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId, useState } from 'react';
import { operationsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { useConsent } from '../../hooks/useConsent';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';
import { BreakGlassFields } from '../OperationDialog/BreakGlassFields';

/** Lets a run that waits or is held begin at once, on record. Gone where it does not wait, or the person may not. */
export function BreakGlassButton(props: {
  run: Run;
  permissions: RunPermissions | undefined;
  onBroken: (run: Run) => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const { run, permissions } = props;
  const isWaiting = run.state === 'awaiting-approval' || run.state === 'held';
  if (!isWaiting || !permissions?.breakGlass.isAllowed) return null;
  return (
    <>
      <Button color="error" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {t('breakGlass.open')}
      </Button>
      {isOpen && <BreakGlassDialog run={run} onClose={() => setIsOpen(false)} onBroken={props.onBroken} />}
    </>
  );
}

function BreakGlassDialog(props: { run: Run; onClose: () => void; onBroken: (run: Run) => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const operations = useApi(operationsApiRef);
  const titleId = useId();
  const consent = useConsent({ reason: true, confirmation: true });
  const { isBusy, error, act } = useAction();
  const { run, onClose, onBroken } = props;
  const submit = () => {
    if (!consent.check()) return;
    act(async () => {
      onBroken(await operations.breakGlass(run.id, { reason: consent.reason.trim() }));
      onClose();
    });
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId} sx={{ overflowWrap: 'anywhere' }}>
        {run.summary}
      </DialogTitle>
      <DialogContent>
        <Stack spacing={1.5}>
          <BreakGlassFields consent={consent} />
          {error !== undefined && <FailureAlert title={t('breakGlass.failed')} error={error} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('breakGlass.back')}</Button>
        <Button variant="contained" color="error" onClick={submit} disabled={isBusy}>
          {t('breakGlass.title')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
