import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, type ConnectionSource } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import { connectionsTranslationRef } from '../../translation';
import { SourceSection } from './SourceSection';

/** The upstreams of all areas, each area's by itself: one that fails leaves the others standing. */
export function ConnectionsPage(props: { sources: ConnectionSource[] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  return (
    <Box
      sx={{
        padding: 'var(--bui-space-5)',
        paddingTop: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: 3,
      }}
    >
      {props.sources.length === 0 && <EmptyState title={t('page.noSource')} advice={t('page.noSourceAdvice')} />}
      {props.sources.map(source => (
        <SourceSection key={source.pluginId} source={source} />
      ))}
    </Box>
  );
}
