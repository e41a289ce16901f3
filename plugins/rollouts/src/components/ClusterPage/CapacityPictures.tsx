import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatBytes, formatCpu, QuantityBar, useLocale } from '@leitstand/plugin-kit-react';
import type { ClusterSummary } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { clusterTranslationRef } from '../../clusterTranslation';

/** Processors, memory and pods: what is used and asked for, of what there is. */
export function CapacityPictures(props: { cluster: ClusterSummary }) {
  const { t } = useTranslationRef(clusterTranslationRef);
  const locale = useLocale();
  const { allocatable, requested, usage, pods } = props.cluster;
  const bars = [
    {
      title: t('capacity.cpu'),
      usage: usage?.cpuCores,
      request: requested.cpuCores,
      limit: allocatable.cpuCores,
      format: (cores: number) => formatCpu(cores, locale),
    },
    {
      title: t('capacity.memory'),
      usage: usage?.memoryBytes,
      request: requested.memoryBytes,
      limit: allocatable.memoryBytes,
      format: (sizeBytes: number) => formatBytes(sizeBytes, locale),
    },
    {
      title: t('capacity.pods'),
      usage: pods.total,
      limit: pods.capacity,
      format: (count: number) => new Intl.NumberFormat(locale).format(count),
    },
  ];
  return (
    <Box sx={{ padding: 2, display: 'grid', gap: 1.5 }}>
      {bars.map(({ title, ...bar }) => (
        <Box key={title} role="group" aria-label={title}>
          <Typography variant="subtitle2" component="p" sx={{ marginBottom: 0.5 }}>
            {title}
          </Typography>
          <QuantityBar {...bar} end="capacity" />
        </Box>
      ))}
      {!usage && (
        <Typography variant="body2" color="text.secondary">
          {t('capacity.noUsage')}
        </Typography>
      )}
    </Box>
  );
}
