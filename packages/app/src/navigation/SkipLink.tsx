import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@mui/material/Button';
import { contentElementId } from '../layout/LeitstandPageLayout';
import { appTranslationRef } from '../translation';

/** The first stop of the Tab key: past the navigation. Not seen until it has the focus. */
export function SkipLink() {
  const { t } = useTranslationRef(appTranslationRef);
  return (
    <Button
      variant="contained"
      onClick={() => document.getElementById(contentElementId)?.focus()}
      sx={{
        position: 'fixed',
        top: 8,
        left: 8,
        zIndex: 'tooltip',
        '&:not(:focus)': { transform: 'translateY(-300%)' },
      }}
    >
      {t('layout.skipToContent')}
    </Button>
  );
}
