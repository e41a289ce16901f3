import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { Revision } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ImageName } from '../../components/ImageName';
import { parseChangeCause } from '../../model/changeCause';
import { rolloutsTemplateTranslationRef } from '../templateTranslation';

/** A revision to choose: its number, whether it runs, since when, with which images, and why it came to be. */
export function RevisionOption(props: { revision: Revision }) {
  const { t } = useTranslationRef(rolloutsTemplateTranslationRef);
  const { revision, isCurrent, createdAt, images, changeCause } = props.revision;
  return (
    <Box sx={{ minWidth: 0, width: '100%', whiteSpace: 'normal' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, alignItems: 'center' }}>
        {t('revision.number', { revision: String(revision) })}
        {isCurrent && <StatusChip tone="info" label={t('revision.current')} />}
        <Typography variant="body2" component="span" color="text.secondary">
          <RelativeTime time={createdAt} />
        </Typography>
      </Box>
      {images.map(({ container, image }) => (
        <Box key={container} sx={{ display: 'flex' }}>
          <ImageName image={image} />
        </Box>
      ))}
      {changeCause && (
        <Typography variant="body2" component="div" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
          <Cause changeCause={changeCause} />
        </Typography>
      )}
    </Box>
  );
}

/** Without links: an option is one thing to press. */
function Cause(props: { changeCause: string }) {
  const { t } = useTranslationRef(rolloutsTemplateTranslationRef);
  const own = parseChangeCause(props.changeCause);
  if (!own) return <>{props.changeCause}</>;
  return (
    <>
      {own.did} {t('revision.by')} <EntityDisplayName entityRef={own.requester} hideIcon disableTooltip />
      {own.reason && `: ${own.reason}`}
    </>
  );
}
