import type { PageLayoutTab } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import { NavLink } from 'react-router-dom';

/** The pages below a page, by absolute addresses, as links: they lead somewhere, and so they are no tabs to a screen reader. */
export function PageTabs(props: { label: string | undefined; tabs: PageLayoutTab[] }) {
  return (
    <Box
      component="nav"
      aria-label={props.label}
      sx={{
        display: 'flex',
        gap: 3,
        overflowX: 'auto',
        margin: '-24px var(--bui-space-5) 24px',
        borderBottom: 1,
        borderColor: 'divider',
        '& a': {
          padding: '8px 0',
          color: 'text.secondary',
          borderBottom: '2px solid transparent',
          whiteSpace: 'nowrap',
        },
        '& a:hover': { color: 'text.primary' },
        '& a[aria-current]': { color: 'text.primary', borderColor: 'primary.main', fontWeight: 600 },
      }}
    >
      {props.tabs.map(tab => (
        <NavLink key={tab.id} to={tab.href}>
          {tab.label}
        </NavLink>
      ))}
    </Box>
  );
}
