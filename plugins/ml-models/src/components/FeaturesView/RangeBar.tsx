import type { FeatureStatistics } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { rangeShares } from '../../model/rangeShares';

/** The range of a feature's values as a small picture: where most of them are, and the mean; its ends in numbers. */
export function RangeBar(props: { feature: FeatureStatistics }) {
  const formats = useFormats();
  const shares = rangeShares(props.feature);
  const { min, max } = props.feature;
  if (!shares || min === undefined || max === undefined) return <>–</>;
  const percent = (share: number) => `${share * 100}%`;
  return (
    <Box sx={{ minWidth: 150 }}>
      <Box
        aria-hidden
        sx={{ position: 'relative', height: 8, backgroundColor: 'action.selected', borderRadius: '2px' }}
      >
        <Box
          sx={{
            position: 'absolute',
            top: 0,
            bottom: 0,
            left: percent(shares.from),
            width: percent(shares.to - shares.from),
            backgroundColor: 'primary.main',
            opacity: 0.45,
          }}
        />
        <Box
          sx={{
            position: 'absolute',
            top: -2,
            bottom: -2,
            left: `calc(${percent(shares.mean)} - 1px)`,
            width: 2,
            backgroundColor: 'text.primary',
          }}
        />
      </Box>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
        <Typography variant="caption">{formats.number(min)}</Typography>
        <Typography variant="caption">{formats.number(max)}</Typography>
      </Box>
    </Box>
  );
}
