import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { AreaHealth } from '@leitstand/plugin-connections-common';
import { HomeCard } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import { sortAreas } from '../../model/portalHealth';
import { connectionsTranslationRef } from '../../translation';
import { AreaItem } from './AreaItem';

/** The areas of the portal, those with trouble first. */
export function AreasCard(props: { areas: AreaHealth[] }) {
  const { t } = useTranslationRef(connectionsTranslationRef);
  return (
    <HomeCard title={t('health.areas')}>
      <Box
        component="ul"
        sx={{ listStyle: 'none', margin: 0, padding: 0, '& > li + li': { borderTop: 1, borderColor: 'divider' } }}
      >
        {sortAreas(props.areas).map(area => (
          <AreaItem key={area.area} area={area} />
        ))}
      </Box>
    </HomeCard>
  );
}
