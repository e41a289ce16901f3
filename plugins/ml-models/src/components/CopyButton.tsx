import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useCopy } from '@leitstand/plugin-kit-react';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import Button from '@mui/material/Button';
import { mlModelsTranslationRef } from '../translation';

/** Puts a text into the clipboard. */
export function CopyButton(props: { text: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { outcome, copy } = useCopy();
  return (
    <Button
      size="small"
      color="inherit"
      startIcon={<ContentCopyIcon />}
      onClick={() => copy(props.text)}
      aria-live="polite"
    >
      {t(`overview.${outcome ?? 'copy'}`)}
    </Button>
  );
}
