import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@mui/material/Button';
import { rolloutsTemplateTranslationRef } from '../templateTranslation';

/** That revisions could not be read, what follows from that, and the way to try again. */
export function RevisionsUnread(props: { onRetry: () => void }) {
  const { t } = useTranslationRef(rolloutsTemplateTranslationRef);
  return (
    <>
      {t('revision.failed')}{' '}
      <Button size="small" onClick={props.onRetry} sx={{ padding: '0 4px', minWidth: 0, verticalAlign: 'baseline' }}>
        {t('revision.retry')}
      </Button>
    </>
  );
}
