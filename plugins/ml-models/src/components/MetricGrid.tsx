import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormats } from '../hooks/useFormats';
import { useMetricWords } from '../hooks/useMetricWords';

/** Metrics as large numbers, each with what it means. */
export function MetricGrid(props: { metrics: { metric: string; value: number }[] }) {
  const formats = useFormats();
  const words = useMetricWords();
  return (
    <Box
      component="dl"
      sx={{ margin: 0, display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))' }}
    >
      {props.metrics.map(({ metric, value }) => (
        <div key={metric}>
          <Typography component="dt" variant="caption" color="text.secondary">
            {words.nameOf(metric)}
          </Typography>
          <Typography component="dd" variant="h3" sx={{ margin: 0, fontVariantNumeric: 'tabular-nums' }}>
            {formats.number(value)}
          </Typography>
          <Typography component="dd" variant="caption" color="text.secondary" sx={{ margin: 0, display: 'block' }}>
            {words.meaningOf(metric)}
          </Typography>
        </div>
      ))}
    </Box>
  );
}
