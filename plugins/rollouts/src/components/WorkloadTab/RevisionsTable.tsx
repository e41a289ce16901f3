import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { Revision } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { rolloutsTranslationRef } from '../../translation';
import { FirstRows } from '../FirstRows';
import { ImageName } from '../ImageName';
import { ChangeCause } from './ChangeCause';
import { RollbackButton, type RollbackOperation } from './RollbackButton';

/** The rollout history, newest first, with a way back to each. */
export function RevisionsTable(props: { revisions: Revision[]; rollback: RollbackOperation }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  if (props.revisions.length === 0) {
    return <EmptyState title={t('revision.empty')} advice={t('revision.emptyAdvice')} />;
  }
  return (
    <FirstRows rows={props.revisions}>
      {rows => (
        <TableContainer>
          <Table aria-label={t('revision.title')} sx={{ tableLayout: 'fixed', minWidth: 820 }}>
            <TableHead>
              <TableRow>
                <TableCell width={140}>{t('revision.number')}</TableCell>
                <TableCell>{t('revision.images')}</TableCell>
                <TableCell width="22%">{t('revision.cause')}</TableCell>
                <TableCell width={124}>{t('revision.created')}</TableCell>
                <TableCell width={70}>{t('revision.ready')}</TableCell>
                <TableCell width={220}>{t('revision.actions')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.map(revision => (
                // The number moves to the ReplicaSet that is rolled back to; its name stays, and with it an open dialog.
                <RevisionRow key={revision.replicaSet} revision={revision} rollback={props.rollback} />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </FirstRows>
  );
}

function RevisionRow(props: { revision: Revision; rollback: RollbackOperation }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { revision, isCurrent, images, changeCause, createdAt, replicas, readyReplicas, replicaSet } = props.revision;
  return (
    <TableRow>
      <TableCell title={replicaSet}>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          {revision}
          {isCurrent && <StatusChip tone="info" label={t('revision.current')} />}
        </Box>
      </TableCell>
      <TableCell>
        {images.map(({ container, image }) => (
          <Box key={container}>
            <ImageName image={image} />
          </Box>
        ))}
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        {changeCause ? (
          <ChangeCause changeCause={changeCause} />
        ) : (
          <Typography variant="body2" component="span" color="text.secondary">
            {t('revision.noCause')}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <RelativeTime time={createdAt} />
      </TableCell>
      <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {readyReplicas}/{replicas}
      </TableCell>
      <TableCell>
        <RollbackButton rollback={props.rollback} toRevision={revision} isHidden={isCurrent} place="row" />
      </TableCell>
    </TableRow>
  );
}
