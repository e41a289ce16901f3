import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { isFinished, type Run } from '@leitstand/plugin-operations-common';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { operationsApiRef } from '../../api';
import { operationsReactTranslationRef } from '../../translation';

/** Asks a run to stop. Gone when it has ended. */
export function StopButton(props: { run: Run; onStopped: (run: Run) => void; onError: (error: unknown) => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const operations = useApi(operationsApiRef);
  const [isStopping, setIsStopping] = useState(false);
  const { run, onStopped, onError } = props;
  if (isFinished(run.state)) return null;
  const stop = () => {
    setIsStopping(true);
    operations.cancelRun(run.id).then(onStopped, (error: unknown) => {
      setIsStopping(false);
      onError(error);
    });
  };
  return (
    <Button variant="outlined" color="error" onClick={stop} disabled={isStopping}>
      {isStopping ? t('dialog.stopping') : t('dialog.stop')}
    </Button>
  );
}
