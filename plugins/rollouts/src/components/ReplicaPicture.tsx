import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { palettes } from '@leitstand/plugin-kit-react';
import type { Workload } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { podCells, type PodCell, type PodCellState } from '../model/podCells';
import { rolloutsTranslationRef } from '../translation';

/** More squares than this say no more than a number. */
const maxCellCount = 120;
const states: readonly PodCellState[] = ['failing', 'missing', 'starting', 'ready', 'terminating', 'finished'];

/** One square a pod, worst first. Each state has its own pattern; the counts are written beside it. */
export function ReplicaPicture(props: { workload: Pick<Workload, 'pods' | 'replicas'> }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const cells = podCells(props.workload);
  const counts = states
    .map(state => ({ state, count: cells.filter(cell => cell.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => t(`picture.${state}`, { pods: String(count) }))
    .join(', ');
  return (
    <Box>
      <Box
        role="img"
        aria-label={t('picture.label', { counts })}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: '3px', maxWidth: 340 }}
      >
        {cells.slice(0, maxCellCount).map((cell, index) => (
          <Cell key={cell.pod?.name ?? `missing-${index}`} cell={cell} />
        ))}
      </Box>
      <Typography variant="caption" component="p" color="text.secondary" aria-hidden sx={{ marginTop: 0.5 }}>
        {counts}
        {cells.length > maxCellCount && ` (${t('picture.more', { count: cells.length - maxCellCount })})`}
      </Typography>
    </Box>
  );
}

function Cell(props: { cell: PodCell }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { state, pod } = props.cell;
  const title = [pod?.name, t(`podState.${state}`), pod?.reason].filter(Boolean).join(' · ');
  return (
    <Box component="span" title={title} sx={{ width: 16, height: 16, borderRadius: '2px', ...useCellLook(state) }} />
  );
}

function useCellLook(state: PodCellState) {
  const { ok, error, info, neutral } = palettes[useTheme().palette.mode];
  switch (state) {
    case 'ready':
      return { backgroundColor: ok.main };
    case 'failing':
      return {
        backgroundColor: error.main,
        backgroundImage: crossOf(error.subtle),
      };
    case 'starting':
      return {
        border: `2px solid ${info.main}`,
        background: `linear-gradient(to top, ${info.main} 50%, transparent 50%)`,
      };
    case 'missing':
      return { border: `2px dashed ${error.main}` };
    case 'terminating':
    case 'finished':
      return { border: `2px solid ${neutral.border}`, backgroundColor: neutral.subtle };
    default:
      throw new Error(`Unknown state ${JSON.stringify(state satisfies never)}`);
  }
}

function crossOf(color: string): string {
  const stroke = (angle: string) => `linear-gradient(${angle}, transparent 44%, ${color} 44% 56%, transparent 56%)`;
  return [stroke('45deg'), stroke('-45deg')].join(', ');
}
