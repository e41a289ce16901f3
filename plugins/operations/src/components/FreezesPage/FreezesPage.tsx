import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import { EmptyState, ErrorState, LoadingState, PageFrame, useResource } from '@leitstand/plugin-kit-react';
import { operationsFreezePermission, type Freeze } from '@leitstand/plugin-operations-common';
import { DialogButton, operationsApiRef } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Switch from '@mui/material/Switch';
import { useCallback, useState } from 'react';
import { operationsTranslationRef } from '../../translation';
import { ActivityNav } from '../ActivityNav';
import { FreezeDialog } from './FreezeDialog';
import { FreezeTable } from './FreezeTable';

const pollMs = 15_000;

/** The freezes that are on or planned, and on demand those that are over; with the ways to make one and to end one. */
export function FreezesPage() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const operations = useApi(operationsApiRef);
  const [isPastShown, setIsPastShown] = useState(false);
  const [isDialogOpen, setIsDialogOpen] = useState(false);
  const { allowed: mayFreeze, loading: isAsking } = usePermission({ permission: operationsFreezePermission });
  const past = isPastShown ? 'true' : 'false';
  const load = useCallback((signal: AbortSignal) => operations.listFreezes({ past }, { signal }), [operations, past]);
  const freezes = useResource(load, { pollMs });
  return (
    <PageFrame>
      <ActivityNav />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, justifyContent: 'space-between' }}>
        <FormControlLabel
          control={<Switch checked={isPastShown} onChange={event => setIsPastShown(event.target.checked)} />}
          label={t('freezes.showPast')}
        />
        <DialogButton
          label={t('freezes.create')}
          variant="contained"
          refusal={mayFreeze || isAsking ? undefined : t('freezes.mayNot')}
          onOpen={() => setIsDialogOpen(true)}
        />
      </Box>
      <Paper sx={{ overflow: 'hidden' }}>
        <FreezeContent freezes={freezes} mayEnd={mayFreeze} />
      </Paper>
      {isDialogOpen && (
        <FreezeDialog
          onClose={() => setIsDialogOpen(false)}
          onCreated={() => {
            setIsDialogOpen(false);
            freezes.reload();
          }}
        />
      )}
    </PageFrame>
  );
}

function FreezeContent(props: {
  freezes: { value: Freeze[] | undefined; error: unknown; reload: () => void };
  mayEnd: boolean;
}) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { value, error, reload } = props.freezes;
  if (!value && error !== undefined) return <ErrorState error={error} onRetry={reload} />;
  if (!value) return <LoadingState />;
  if (value.length === 0) return <EmptyState title={t('freezes.empty')} advice={t('freezes.emptyAdvice')} />;
  return <FreezeTable freezes={value} onEnded={props.mayEnd ? reload : undefined} />;
}
