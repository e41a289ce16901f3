import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Freeze } from '@leitstand/plugin-operations-common';
import { FailureAlert, FreezeNote, operationsApiRef, useAction } from '@leitstand/plugin-operations-react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { operationsTranslationRef } from '../../translation';

/** Ends a freeze before its time, after saying what that means. */
export function EndFreezeButton(props: { freeze: Freeze; onEnded: () => void }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {t('freezes.end')}
      </Button>
      {isOpen && <EndDialog freeze={props.freeze} onClose={() => setIsOpen(false)} onEnded={props.onEnded} />}
    </>
  );
}

function EndDialog(props: { freeze: Freeze; onClose: () => void; onEnded: () => void }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const operations = useApi(operationsApiRef);
  const { isBusy, error, act } = useAction();
  const titleId = useId();
  const { freeze, onClose, onEnded } = props;
  const end = () =>
    act(async () => {
      await operations.endFreeze(freeze.id);
      onClose();
      onEnded();
    });
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{t('freezes.endTitle')}</DialogTitle>
      <DialogContent>
        <Stack spacing={1.5}>
          <FreezeNote freeze={freeze} />
          <Typography variant="body2">{t('freezes.endExplain')}</Typography>
          {error !== undefined && <FailureAlert title={t('freezes.endFailed')} error={error} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('freezes.cancel')}</Button>
        <Button variant="contained" onClick={end} disabled={isBusy}>
          {t('freezes.endConfirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
