import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink, useStarredEntities } from '@backstage/plugin-catalog-react';
import { HomeCard } from '@leitstand/plugin-kit-react';
import Box from '@mui/material/Box';
import { homeTranslationRef } from '../../translation';

/** The entities that the person starred. Absent while there are none: nobody misses a list that they never started. */
export function StarredEntitiesCard() {
  const { t } = useTranslationRef(homeTranslationRef);
  const { starredEntities } = useStarredEntities();
  if (starredEntities.size === 0) return null;
  return (
    <HomeCard title={t('starred.title')}>
      <Box component="ul" sx={{ listStyle: 'none', margin: 0, padding: '12px 16px', display: 'grid', gap: 0.5 }}>
        {[...starredEntities].sort().map(entityRef => (
          <li key={entityRef}>
            <EntityRefLink entityRef={entityRef} />
          </li>
        ))}
      </Box>
    </HomeCard>
  );
}
