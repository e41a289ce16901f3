import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PageLayoutProps, PageLayoutTab } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import Box from '@mui/material/Box';
import { matchPath, useLocation, useResolvedPath } from 'react-router-dom';
import { appTranslationRef } from '../translation';
import { NoSuchPage } from './NotFoundPage';
import { PageTabs } from './PageTabs';
import { useDocumentTitle } from './useDocumentTitle';

/** The id of the element that the skip link leads to. */
export const contentElementId = 'leitstand-content';

/** Backstage's own pages that draw a `main` themselves; there must be only one. */
const pathsWithOwnMain = ['/catalog/:namespace/:kind/:name/*', '/catalog-graph/*', '/catalog-import/*'];

/** The frame of every page: the document's title, the header, and the one `main` landmark. */
export function LeitstandPageLayout(props: PageLayoutProps) {
  const { t } = useTranslationRef(appTranslationRef);
  const { pathname } = useLocation();
  const page = useResolvedPath('.').pathname.replace(/\/$/, '');
  const tabs = (props.tabs ?? []).map(tab => ({
    ...tab,
    href: tab.href.startsWith('/') ? tab.href : `${page}/${tab.href}`,
  }));
  const shown = tabs.find(({ href }) => matchPath(`${href}/*`, pathname));
  // A page of several leads from its own address to the first of them; below any other it would stay blank.
  const isUnknown = tabs.length > 0 && !shown && !matchPath(page || '/', pathname);
  useDocumentTitle(isUnknown ? t('notFound.title') : titleOf(props.title, shown));
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
          {tabs.length > 1 && <PageTabs label={props.title} tabs={tabs} />}
        </header>
      )}
      <Box
        component={hasOwnMain ? 'div' : 'main'}
        id={contentElementId}
        tabIndex={-1}
        sx={{ '&:focus': { outline: 'none' } }}
      >
        {isUnknown ? <NoSuchPage /> : props.children}
      </Box>
    </>
  );
}

function titleOf(page: string | undefined, tab: PageLayoutTab | undefined): string | undefined {
  return [tab?.label, page].filter(Boolean).join(' | ') || undefined;
}
