import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useCopy } from '@leitstand/plugin-kit-react';
import LinkIcon from '@mui/icons-material/Link';
import Button from '@mui/material/Button';
import { operationsReactTranslationRef } from '../translation';

/** Puts the whole address of a page of the portal into the clipboard. */
export function CopyLinkButton(props: {
  /** From a route reference. */
  path: string;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { outcome, copy } = useCopy();
  return (
    <Button
      size="small"
      color="inherit"
      startIcon={<LinkIcon />}
      onClick={() => copy(new URL(props.path, window.location.origin).href)}
      aria-live="polite"
    >
      {outcome ? t(`waiting.${outcome}`) : t('waiting.copyLink')}
    </Button>
  );
}
