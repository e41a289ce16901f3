import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { palettes } from '@leitstand/plugin-kit-react';
import type { Autoscaler } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { rolloutsTranslationRef } from '../../translation';

/** A scale from no replica to the upper bound: the allowed range, how many there are, and how many are wanted. */
export function AutoscalerPicture(props: { autoscaler: Autoscaler }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const palette = palettes[useTheme().palette.mode];
  const { currentReplicas, desiredReplicas, minReplicas, maxReplicas } = props.autoscaler;
  const scale = Math.max(1, maxReplicas, currentReplicas, desiredReplicas);
  const percentOf = (replicas: number) => `${(replicas / scale) * 100}%`;
  const counts = {
    current: String(currentReplicas),
    desired: String(desiredReplicas),
    min: String(minReplicas),
    max: String(maxReplicas),
  };
  const fill = { position: 'absolute', top: 0, bottom: 0 };
  return (
    <Box sx={{ maxWidth: 520 }}>
      <Box
        role="img"
        aria-label={t('autoscaler.picture', counts)}
        sx={{
          position: 'relative',
          height: 18,
          border: `1px solid ${palette.border}`,
          borderRadius: '3px',
          backgroundColor: palette.surfaceMuted,
        }}
      >
        <Box
          sx={{
            ...fill,
            left: percentOf(minReplicas),
            width: percentOf(Math.max(0, maxReplicas - minReplicas)),
            backgroundColor: palette.accentSubtle,
          }}
        />
        <Box
          sx={{
            ...fill,
            top: 4,
            bottom: 4,
            left: 0,
            width: percentOf(currentReplicas),
            backgroundColor: palette.accent,
          }}
        />
        <Box
          sx={{
            ...fill,
            top: -4,
            bottom: -4,
            left: `calc(${percentOf(desiredReplicas)} - 2px)`,
            width: '3px',
            borderRadius: '1px',
            backgroundColor: palette.text,
          }}
        />
      </Box>
      <Typography variant="caption" component="p" color="text.secondary" aria-hidden sx={{ marginTop: 0.75 }}>
        {[
          t('autoscaler.min', { replicas: counts.min }),
          t('autoscaler.now', { replicas: counts.current }),
          t('autoscaler.wanted', { replicas: counts.desired }),
          t('autoscaler.max', { replicas: counts.max }),
        ].join(' · ')}
      </Typography>
    </Box>
  );
}
