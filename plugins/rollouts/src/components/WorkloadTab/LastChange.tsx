import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { Revision } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import { imageChanges, previousRevision } from '../../model/revisions';
import { rolloutsTranslationRef } from '../../translation';
import { ImageName } from '../ImageName';

/** What the present revision changed against the one before, and when. */
export function LastChange(props: { revisions: Revision[] }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const current = props.revisions.find(revision => revision.isCurrent);
  if (!current) return <>{t('revision.empty')}</>;
  const previous = previousRevision(props.revisions);
  const changes = previous ? imageChanges(previous.images, current.images) : [];
  return (
    <>
      <div>
        {t('workload.revision', { revision: String(current.revision) })}
        {' · '}
        <RelativeTime time={current.createdAt} />
      </div>
      {current.changeCause && <div>{current.changeCause}</div>}
      {changes.map(({ container, before, after }) => (
        <Box key={container} sx={{ marginTop: 0.5 }}>
          <div>{before ? <ImageName image={before} /> : t('workload.imageAdded')}</div>
          <Box sx={{ display: 'flex', gap: 0.5, minWidth: 0 }}>
            <span>→</span>
            {after ? <ImageName image={after} /> : t('workload.imageRemoved')}
          </Box>
        </Box>
      ))}
    </>
  );
}
