import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@leitstand/plugin-kit-react';
import SearchOffIcon from '@mui/icons-material/SearchOff';
import Box from '@mui/material/Box';
import { appTranslationRef } from '../translation';
import { useDocumentTitle } from './useDocumentTitle';

/** What is shown where no page is. */
export function NotFoundPage() {
  const { t } = useTranslationRef(appTranslationRef);
  useDocumentTitle(t('notFound.title'));
  return <NoSuchPage />;
}

/** The same inside a page that exists, where the address below it leads nowhere. */
export function NoSuchPage() {
  const { t } = useTranslationRef(appTranslationRef);
  return (
    <Box sx={{ padding: 3 }}>
      <EmptyState
        icon={<SearchOffIcon color="secondary" />}
        title={t('notFound.title')}
        advice={t('notFound.advice')}
        action={
          <>
            <Link to="/">{t('notFound.home')}</Link>
            <Link to="/catalog">{t('notFound.catalog')}</Link>
          </>
        }
      />
    </Box>
  );
}
