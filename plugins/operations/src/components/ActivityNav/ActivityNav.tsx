import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { activityRouteRef, freezesRouteRef } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import { NavLink } from 'react-router-dom';
import { operationsTranslationRef } from '../../translation';

/** The two pages of this area, as links: they lead somewhere, and so they are no tabs to a screen reader. */
export function ActivityNav() {
  const { t } = useTranslationRef(operationsTranslationRef);
  const activityLink = useRouteRef(activityRouteRef);
  const freezesLink = useRouteRef(freezesRouteRef);
  return (
    <Box
      component="nav"
      aria-label={t('nav.label')}
      sx={{
        display: 'flex',
        gap: 3,
        borderBottom: 1,
        borderColor: 'divider',
        '& a': { padding: '8px 0', color: 'text.secondary', borderBottom: '2px solid transparent' },
        '& a:hover': { color: 'text.primary' },
        '& a[aria-current]': { color: 'text.primary', borderColor: 'primary.main', fontWeight: 600 },
      }}
    >
      <NavLink to={activityLink()} end>
        {t('nav.runs')}
      </NavLink>
      <NavLink to={freezesLink()} end>
        {t('nav.freezes')}
      </NavLink>
    </Box>
  );
}
