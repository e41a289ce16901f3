import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { palettes } from '../theme';
import { kitReactTranslationRef } from '../translation';

/** From this share of the limit on, the bar is marked. */
const nearLimit = 0.9;

/**
 * How much of something is used, how much was asked for, and where it ends: a filled bar, a mark, the end of the track.
 * All numbers are written below it; a side that is not known is left out.
 */
export function QuantityBar(props: {
  usage?: number;
  request?: number;
  limit?: number;
  /** Writes a number with its unit. */
  format: (value: number) => string;
  /** What the end of the track is. Default: a limit. */
  end?: 'limit' | 'capacity';
}) {
  const { t } = useTranslationRef(kitReactTranslationRef);
  const palette = palettes[useTheme().palette.mode];
  const { usage, request, limit, format, end = 'limit' } = props;
  const isNear = usage !== undefined && limit !== undefined && usage >= limit * nearLimit;
  const scale = Math.max(usage ?? 0, request ?? 0, limit ?? 0);
  const percentOf = (value: number) => `${scale === 0 ? 0 : (value / scale) * 100}%`;
  const words = [
    usage !== undefined && t('quantity.usage', { value: format(usage) }),
    request !== undefined && t('quantity.request', { value: format(request) }),
    limit !== undefined ? t(`quantity.${end}`, { value: format(limit) }) : t(`quantity.no.${end}`),
    isNear && t('quantity.near'),
  ].filter(Boolean);
  return (
    <Box sx={{ minWidth: 140 }}>
      <Box
        aria-hidden
        sx={{
          position: 'relative',
          height: 8,
          borderRadius: '2px',
          overflow: 'hidden',
          backgroundColor: palette.neutral.subtle,
          border: `1px ${limit === undefined ? 'dashed' : 'solid'} ${palette.border}`,
        }}
      >
        {usage !== undefined && (
          <Box
            sx={{
              height: '100%',
              width: percentOf(usage),
              backgroundColor: isNear ? palette.warning.main : palette.accent,
            }}
          />
        )}
        {request !== undefined && (
          <Box
            sx={{
              position: 'absolute',
              top: 0,
              bottom: 0,
              left: `min(${percentOf(request)}, calc(100% - 2px))`,
              width: '2px',
              backgroundColor: palette.text,
            }}
          />
        )}
      </Box>
      <Typography variant="caption" component="p" color="text.secondary" sx={{ marginTop: 0.25 }}>
        {words.join(' · ')}
      </Typography>
    </Box>
  );
}
