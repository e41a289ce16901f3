import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { palettes } from '@leitstand/plugin-kit-react';
import { percentages, type Share } from '../../model/portalHealth';

/** A share with what is said of it. */
export interface WordedShare extends Share {
  tone: 'accent' | 'neutral' | 'warning' | 'error';
  words: string;
}

/** A whole and its shares: a bar, and below it the same in words. Shares of nothing are left out. */
export function ShareBar(props: { label: string; shares: WordedShare[]; note?: string }) {
  const palette = palettes[useTheme().palette.mode];
  const { label, note } = props;
  const shares = props.shares.filter(({ count }) => count > 0);
  const widths = percentages(shares);
  const colorOf = (tone: WordedShare['tone']) => (tone === 'accent' ? palette.accent : palette[tone].main);
  return (
    <Box component="li" sx={{ display: 'grid', gap: 0.25, minWidth: 0 }}>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {label}
      </Typography>
      <Box aria-hidden sx={{ display: 'flex', gap: '1px', height: 8, borderRadius: '2px', overflow: 'hidden' }}>
        {shares.map(({ kind, tone }, index) => (
          <Box key={kind} sx={{ width: `${widths[index]}%`, minWidth: 3, backgroundColor: colorOf(tone) }} />
        ))}
      </Box>
      <Typography variant="caption" color="text.secondary">
        {[...shares.map(({ words }) => words), ...(note ? [note] : [])].join(' · ')}
      </Typography>
    </Box>
  );
}
