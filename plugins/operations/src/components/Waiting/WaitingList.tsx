import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { Run } from '@leitstand/plugin-operations-common';
import { runRouteRef } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router-dom';
import { operationsTranslationRef } from '../../translation';

/** Runs that wait for this person's yes or no: what, where, who, why, until when, and the way to answer. */
export function WaitingList(props: { runs: Run[] }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  return (
    <Box component="ul" aria-label={t('waiting.title')} sx={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {props.runs.map(run => (
        <WaitingRow key={run.id} run={run} />
      ))}
    </Box>
  );
}

function WaitingRow(props: { run: Run }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const runLink = useRouteRef(runRouteRef);
  const { run } = props;
  const to = runLink({ id: run.id });
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: '4px 16px',
        alignItems: 'center',
        padding: '8px 16px',
        '& + &': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Box sx={{ minWidth: 0, flex: '1 1 320px' }}>
        <Typography variant="body2" component="div" sx={{ overflowWrap: 'anywhere' }}>
          <Link to={to}>{run.summary}</Link>
          {run.environment && ` · ${run.environment}`}
        </Typography>
        <Typography variant="body2" component="div" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
          <EntityRefLink entityRef={run.requester} defaultKind="user" hideIcon />
          {' · '}
          <RelativeTime time={run.createdAt} />
          {run.reason && ` · ${run.reason}`}
          {run.approval && (
            <>
              {' · '}
              {t('waiting.expires')} <RelativeTime time={run.approval.expiresAt} />
            </>
          )}
        </Typography>
      </Box>
      <Button component={RouterLink} to={to} size="small" variant="outlined">
        {t('waiting.read')}
      </Button>
    </Box>
  );
}
