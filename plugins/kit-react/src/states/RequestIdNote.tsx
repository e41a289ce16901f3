import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import CheckIcon from '@mui/icons-material/Check';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useCopy } from '../clipboard';
import { kitReactTranslationRef } from '../translation';

/** The id of a request that failed, small, with a button that copies it for those who run the portal. */
export function RequestIdNote(props: { requestId: string }) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const { outcome, copy } = useCopy();
  const label = t(`error.request.${outcome ?? 'copy'}`);
  return (
    <Typography
      variant="caption"
      component="p"
      color="text.secondary"
      sx={{ fontFamily: 'var(--bui-font-monospace)', overflowWrap: 'anywhere' }}
    >
      {t('error.request.id', { id: props.requestId })}
      <IconButton
        size="small"
        aria-label={label}
        title={label}
        onClick={() => copy(props.requestId)}
        sx={{ marginLeft: 0.5 }}
      >
        {outcome === 'copied' ? <CheckIcon sx={{ fontSize: 14 }} /> : <ContentCopyIcon sx={{ fontSize: 14 }} />}
      </IconButton>
    </Typography>
  );
}
