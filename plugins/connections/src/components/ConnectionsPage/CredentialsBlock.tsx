import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Connection, ConnectionRight } from '@leitstand/plugin-kit-common';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { sortRights } from '../../model/connections';
import { connectionsTranslationRef } from '../../translation';
import { RightsTable } from './RightsTable';

/** One set of credentials: whose they are, what they lack, and, folded away, what they may. */
export function CredentialsBlock(props: { credentials: Connection['credentials'][number] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { use, identity, problem, rights } = props.credentials;
  const { missing, unknown, granted } = sortRights(rights);
  return (
    <Box component="section" sx={{ borderTop: 1, borderColor: 'divider', paddingTop: 1.5, display: 'grid', gap: 1 }}>
      <Typography variant="subtitle2" component="h3" sx={{ margin: 0 }}>
        {t(`credentials.${use}`)}
      </Typography>
      {problem ? (
        <Alert severity={use === 'read' ? 'error' : 'info'} role="note" sx={{ overflowWrap: 'anywhere' }}>
          {problem}
        </Alert>
      ) : (
        <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
          {identity ? `${t('credentials.identity')}: ${identity}` : t('credentials.identityUnknown')}
        </Typography>
      )}
      {missing.length > 0 && <RightsTable title={t('credentials.missing')} isMissing rights={missing} />}
      {unknown.length > 0 && (
        <FoldedRights title={t('credentials.unknown', { count: unknown.length })} rights={unknown} />
      )}
      {granted.length > 0 && <GrantedRights granted={granted} isAll={granted.length === rights.length} />}
    </Box>
  );
}

function GrantedRights(props: { granted: ConnectionRight[]; isAll: boolean }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { granted, isAll } = props;
  return (
    <FoldedRights
      title={t(isAll ? 'credentials.allGranted' : 'credentials.granted', { count: granted.length })}
      icon={
        isAll && <CheckCircleOutlineIcon color="success" aria-hidden sx={{ fontSize: 17, verticalAlign: '-3px' }} />
      }
      rights={granted}
    />
  );
}

function FoldedRights(props: { title: string; icon?: ReactNode; rights: ConnectionRight[] }) {
  return (
    <Box component="details" sx={{ '& summary': { cursor: 'pointer', fontSize: 13, width: 'fit-content' } }}>
      <summary>
        {props.icon} {props.title}
      </summary>
      <RightsTable title={props.title} rights={props.rights} />
    </Box>
  );
}
