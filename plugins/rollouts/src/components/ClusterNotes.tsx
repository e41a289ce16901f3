import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { WorkloadList } from '@leitstand/plugin-rollouts-common';
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { fleetTranslationRef } from '../fleetTranslation';

/** Which part of a list may be old or is missing, and why. */
export function ClusterNotes(props: { list: Pick<WorkloadList, 'clusters' | 'notRead'> }) {
  const { t } = useTranslationRef(fleetTranslationRef);
  const { clusters, notRead } = props.list;
  const stale = clusters.filter(cluster => cluster.isStale);
  const missing = clusters.flatMap(({ cluster, missing: parts = [] }) => parts.map(part => ({ cluster, ...part })));
  if (stale.length + missing.length + notRead.length === 0) return null;
  return (
    <Stack spacing={1} sx={{ padding: 1 }}>
      {stale.map(({ cluster, problem }) => (
        <Alert key={cluster} severity="warning" role="status">
          {t('note.stale', { cluster, reason: problem?.message ?? t('note.unknownReason') })}
        </Alert>
      ))}
      {missing.map(part => (
        <Alert key={`${part.cluster}/${part.what}`} severity="warning" role="note">
          {t('note.missing', { cluster: part.cluster, what: part.what, reason: part.reason })}
        </Alert>
      ))}
      {notRead.map(({ name, reason }) => (
        <Alert key={name} severity="info" role="note">
          {t('note.notRead', { cluster: name, reason })}
        </Alert>
      ))}
    </Stack>
  );
}
