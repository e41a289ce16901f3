import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { Workload } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import { imageChanges, previousRevision } from '../../model/revisions';
import { rolloutsTranslationRef } from '../../translation';
import { ImageName } from '../ImageName';
import { ChangeCause } from './ChangeCause';

/** What the present revision changed against the one before, and when. */
export function LastChange(props: { workload: Pick<Workload, 'revisions' | 'lastChangedAt'> }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { revisions, lastChangedAt } = props.workload;
  const current = revisions.find(revision => revision.isCurrent);
  if (!current) return <>{t('revision.empty')}</>;
  const previous = previousRevision(revisions);
  const changes = previous ? imageChanges(previous.images, current.images) : [];
  return (
    <>
      <div>
        {t('workload.revision', { revision: String(current.revision) })}
        {' · '}
        <RelativeTime time={lastChangedAt ?? current.createdAt} />
      </div>
      {current.changeCause && (
        <div>
          <ChangeCause changeCause={current.changeCause} />
        </div>
      )}
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
