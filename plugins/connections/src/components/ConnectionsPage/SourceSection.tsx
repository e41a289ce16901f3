import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, LoadingState, type ConnectionSource } from '@leitstand/plugin-kit-react';
import RefreshIcon from '@mui/icons-material/Refresh';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { connectionsTranslationRef } from '../../translation';
import { ConnectionCard } from './ConnectionCard';
import { useConnections, type CheckedConnections } from './useConnections';

/** The upstreams of one area. */
export function SourceSection(props: { source: ConnectionSource }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const headingId = useId();
  const connections = useConnections(props.source.pluginId);
  return (
    <Box component="section" aria-labelledby={headingId} sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 2 }}>
        <Typography id={headingId} variant="h3" component="h2" sx={{ margin: 0 }}>
          {props.source.title}
        </Typography>
        <Button
          variant="outlined"
          size="small"
          startIcon={<RefreshIcon />}
          disabled={connections.isChecking || connections.isLoading}
          onClick={connections.check}
        >
          {connections.isChecking ? t('page.checking') : t('page.check')}
        </Button>
      </Box>
      <SourceContent connections={connections} />
    </Box>
  );
}

function SourceContent(props: { connections: CheckedConnections }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  const { value, error, check } = props.connections;
  if (!value) {
    return (
      <Paper>{error === undefined ? <LoadingState lines={6} /> : <ErrorState error={error} onRetry={check} />}</Paper>
    );
  }
  return (
    <>
      {error !== undefined && (
        <Alert severity="warning" role="status">
          {t('page.refreshFailed')}
        </Alert>
      )}
      {value.length === 0 && (
        <Paper>
          <EmptyState title={t('page.empty')} advice={t('page.emptyAdvice')} />
        </Paper>
      )}
      {value.map(connection => (
        <ConnectionCard key={`${connection.system}/${connection.name}`} connection={connection} />
      ))}
    </>
  );
}
