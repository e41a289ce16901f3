import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import LinkIcon from '@mui/icons-material/Link';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { operationsReactTranslationRef } from '../translation';

/** Puts the whole address of a page of the portal into the clipboard. */
export function CopyLinkButton(props: {
  /** From a route reference. */
  path: string;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    try {
      // The clipboard is missing where the portal is served without TLS; then reading it fails like a refusal.
      await navigator.clipboard.writeText(new URL(props.path, window.location.origin).href);
      setOutcome('copied');
    } catch {
      setOutcome('copyFailed');
    }
  };
  return (
    <Button size="small" color="inherit" startIcon={<LinkIcon />} onClick={() => void copy()} aria-live="polite">
      {outcome ? t(`waiting.${outcome}`) : t('waiting.copyLink')}
    </Button>
  );
}
