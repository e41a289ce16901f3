import { Link, useSidebarOpenState } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import Box from '@mui/material/Box';
import { LogoMark } from '../brand/LogoMark';

/** Mark and name; the mark alone while the sidebar is closed. Leads home. */
export function NavigationLogo() {
  const { isOpen } = useSidebarOpenState();
  const appTitle = useApi(configApiRef).getOptionalString('app.title') ?? 'Leitstand';
  return (
    <Box sx={{ width: '100%', height: 64, display: 'flex', alignItems: 'center', color: 'navigation.selectedColor' }}>
      <Link to="/" underline="none" color="inherit" aria-label={appTitle}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, paddingLeft: '22px' }}>
          <LogoMark sizePx={28} />
          {isOpen && <Box sx={{ fontSize: 17, fontWeight: 600, whiteSpace: 'nowrap' }}>{appTitle}</Box>}
        </Box>
      </Link>
    </Box>
  );
}
