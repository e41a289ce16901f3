import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { rolloutsTranslationRef } from '../../translation';

/** Which part of a list may be old or is missing, and why. */
export function ClusterNotes(props: { list: Pick<WorkloadList, 'clusters' | 'notRead'> }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const stale = props.list.clusters.filter(cluster => cluster.isStale);
  const { notRead } = props.list;
  if (stale.length + notRead.length === 0) return null;
  return (
    <Stack spacing={1} sx={{ padding: 1 }}>
      {stale.map(({ cluster, problem }) => (
        <Alert key={cluster} severity="warning" role="status">
          {t('broken.clusterStale', { cluster, reason: problem?.message ?? t('broken.unknownReason') })}
        </Alert>
      ))}
      {notRead.map(({ name, reason }) => (
        <Alert key={name} severity="info" role="note">
          {t('broken.clusterNotRead', { cluster: name, reason })}
        </Alert>
      ))}
    </Stack>
  );
}
