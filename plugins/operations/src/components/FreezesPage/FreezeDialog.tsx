import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { FailureAlert, operationsApiRef, useAction } from '@leitstand/plugin-operations-react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useEffect, useId, useRef, useState } from 'react';
import { checkFreeze, type FreezeDraft } from '../../model/freezeForm';
import { operationsTranslationRef } from '../../translation';
import { FreezeFields } from './FreezeFields';

/** Making a freeze: what, why, from when to when. */
export function FreezeDialog(props: { onClose: () => void; onCreated: () => void }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const operations = useApi(operationsApiRef);
  const [draft, setDraft] = useState<FreezeDraft>({ scope: {}, reason: '' });
  const [tryCount, setTryCount] = useState(0);
  const content = useRef<HTMLDivElement>(null);
  const { isBusy, error, act } = useAction();
  const titleId = useId();
  const checked = checkFreeze(draft, new Date());
  const submit = () => {
    const { request } = checked;
    setTryCount(count => count + 1);
    if (!request) return;
    act(async () => {
      await operations.createFreeze(request);
      props.onCreated();
    });
  };
  useEffect(() => {
    if (tryCount > 0) content.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tryCount]);
  const close = (_event: unknown, cause: string) => {
    if (cause !== 'backdropClick') props.onClose();
  };
  return (
    <Dialog open onClose={close} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{t('freezeForm.title')}</DialogTitle>
      <DialogContent ref={content}>
        <Stack spacing={2} sx={{ paddingTop: 1 }}>
          <FreezeFields draft={draft} onChange={setDraft} complaints={tryCount > 0 ? (checked.complaints ?? {}) : {}} />
          {error !== undefined && <FailureAlert title={t('freezeForm.failed')} error={error} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose}>{t('freezes.cancel')}</Button>
        <Button variant="contained" onClick={submit} disabled={isBusy}>
          {t('freezeForm.create')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
