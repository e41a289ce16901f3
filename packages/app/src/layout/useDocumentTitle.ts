import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';

/**
 * Sets the document's title, followed by the application's.
 *
 * @param title undefined: the application's alone
 * @returns the application's title
 */
export function useDocumentTitle(title: string | undefined): string {
  const appTitle = useApi(configApiRef).getOptionalString('app.title') ?? 'Leitstand';
  useEffect(() => {
    document.title = title ? `${title} | ${appTitle}` : appTitle;
  }, [title, appTitle]);
  return appTitle;
}
