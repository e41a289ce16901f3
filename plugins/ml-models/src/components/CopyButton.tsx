import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { mlModelsTranslationRef } from '../translation';

/** Puts a text into the clipboard. */
export function CopyButton(props: { text: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    try {
      // The clipboard is missing where the portal is served without TLS; then reading it fails like a refusal.
      await navigator.clipboard.writeText(props.text);
      setOutcome('copied');
    } catch {
      setOutcome('copyFailed');
    }
  };
  return (
    <Button size="small" color="inherit" startIcon={<ContentCopyIcon />} onClick={() => void copy()} aria-live="polite">
      {t(`overview.${outcome ?? 'copy'}`)}
    </Button>
  );
}
