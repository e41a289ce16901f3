import type { PageLayoutProps } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import Box from '@mui/material/Box';
import { matchPath, useLocation } from 'react-router-dom';
import { PageTabs } from './PageTabs';
import { useDocumentTitle } from './useDocumentTitle';

/** The id of the element that the skip link leads to. */
export const contentElementId = 'leitstand-content';

/** Backstage's own pages that draw a `main` themselves; there must be only one. */
const pathsWithOwnMain = ['/catalog/:namespace/:kind/:name/*', '/catalog-graph/*', '/catalog-import/*'];

/** The frame of every page: the document's title, the header, and the one `main` landmark. */
export function LeitstandPageLayout(props: PageLayoutProps) {
  useDocumentTitle(props.title);
  const { pathname } = useLocation();
  const hasOwnMain = pathsWithOwnMain.some(path => matchPath(path, pathname));
  return (
    <>
      {!props.noHeader && (
        <header>
          <PluginHeader
            title={props.title}
            icon={props.icon}
            titleLink={props.titleLink}
            customActions={props.headerActions}
          />
          {props.tabs && props.tabs.length > 1 && <PageTabs label={props.title} tabs={props.tabs} />}
        </header>
      )}
      <Box
        component={hasOwnMain ? 'div' : 'main'}
        id={contentElementId}
        tabIndex={-1}
        sx={{ '&:focus': { outline: 'none' } }}
      >
        {props.children}
      </Box>
    </>
  );
}
