import { configApiRef, useApi } from '@backstage/core-plugin-api';
import type { PageLayoutProps } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import Box from '@mui/material/Box';
import { useEffect, useMemo } from 'react';
import { useResolvedPath } from 'react-router-dom';

/** The id of the element that the skip link leads to. */
export const contentElementId = 'leitstand-content';

/** The frame of every page: the document's title, the header, and the one `main` landmark. */
export function LeitstandPageLayout(props: PageLayoutProps) {
  const appTitle = useApi(configApiRef).getOptionalString('app.title') ?? 'Leitstand';
  useEffect(() => {
    document.title = props.title ? `${props.title} | ${appTitle}` : appTitle;
  }, [props.title, appTitle]);
  return (
    <>
      {!props.noHeader && <LayoutHeader {...props} />}
      <Box component="main" id={contentElementId} tabIndex={-1} sx={{ '&:focus': { outline: 'none' } }}>
        {props.children}
      </Box>
    </>
  );
}

function LayoutHeader(props: PageLayoutProps) {
  const parentPath = useResolvedPath('.').pathname.replace(/\/$/, '');
  const tabs = useMemo(
    () =>
      props.tabs?.map(tab => ({
        ...tab,
        href: tab.href.startsWith('/') ? tab.href : `${parentPath}/${tab.href}`,
        matchStrategy: 'prefix' as const,
      })),
    [props.tabs, parentPath],
  );
  return (
    <PluginHeader
      title={props.title}
      icon={props.icon}
      titleLink={props.titleLink}
      tabs={tabs}
      customActions={props.headerActions}
    />
  );
}
