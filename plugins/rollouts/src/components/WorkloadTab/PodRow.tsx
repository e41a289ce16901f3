import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  formatBytes,
  formatCpu,
  RelativeTime,
  StatusChip,
  useLocale,
  type StatusTone,
} from '@leitstand/plugin-kit-react';
import type { Pod } from '@leitstand/plugin-rollouts-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useLogLink } from '../../hooks/useLogTarget';
import { likelyContainer } from '../../model/logChoice';
import { podState, type PodCellState } from '../../model/podCells';
import { rolloutsTranslationRef } from '../../translation';
import { AlignedTextButton } from '../AlignedTextButton';
import { Cut } from '../Cut';
import { DeletePodButton } from '../WorkloadActions';
import { ContainerNotes, notableContainers } from './ContainerNotes';

/** Columns that not every list of pods has. */
export interface PodColumns {
  hasRevision: boolean;
  hasUsage: boolean;
  hasActions: boolean;
}

const tones = {
  ready: 'ok',
  starting: 'running',
  failing: 'error',
  terminating: 'paused',
  finished: 'info',
} as const satisfies Record<Exclude<PodCellState, 'missing'>, StatusTone>;

/** The notes below belong to the row. */
const withoutLine = { '& > td': { borderBottom: 0 } };

const numeric = { fontVariantNumeric: 'tabular-nums' };

/** One pod: how it is, what it uses; below that, over the whole width, what is wrong and how its containers ended before. */
export function PodRow(props: { pod: Pod; columns: PodColumns }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { pod, columns } = props;
  const state = podState(pod);
  const hasNotes = Boolean(pod.message) || notableContainers(pod.containers).length > 0;
  return (
    <>
      <TableRow sx={hasNotes ? withoutLine : undefined}>
        {/* Whole: pods of one workload differ at the end of their names. */}
        <TableCell sx={{ overflowWrap: 'anywhere', fontFamily: 'var(--bui-font-monospace)', fontSize: 12 }}>
          {pod.name}
        </TableCell>
        <TableCell>
          <StatusChip tone={tones[state]} label={pod.reason ?? t(`podState.${state}`)} />
        </TableCell>
        {columns.hasRevision && <TableCell sx={numeric}>{pod.revision}</TableCell>}
        <TableCell sx={numeric}>{pod.restarts}</TableCell>
        {columns.hasUsage && (
          <TableCell sx={{ ...numeric, whiteSpace: 'nowrap' }}>
            <PodUsage usage={pod.usage} />
          </TableCell>
        )}
        <TableCell>{pod.node ? <Cut text={pod.node} /> : t('pod.noNode')}</TableCell>
        <TableCell>
          <RelativeTime time={pod.createdAt} />
        </TableCell>
        <TableCell sx={{ whiteSpace: 'nowrap' }}>
          <LogLinks pod={pod} />
        </TableCell>
        {columns.hasActions && (
          <TableCell>
            <AlignedTextButton>
              <DeletePodButton pod={pod} />
            </AlignedTextButton>
          </TableCell>
        )}
      </TableRow>
      {hasNotes && <PodNotes pod={pod} columnCount={columnCountOf(columns)} />}
    </>
  );
}

function PodNotes(props: { pod: Pod; columnCount: number }) {
  const { message, containers } = props.pod;
  return (
    <TableRow>
      <TableCell colSpan={props.columnCount} sx={{ paddingTop: 0 }}>
        {message && (
          <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            {message}
          </Typography>
        )}
        <ContainerNotes containers={containers} />
      </TableCell>
    </TableRow>
  );
}

/** Name, state, restarts, node, age, logs, and what not every list has. */
function columnCountOf({ hasRevision, hasUsage, hasActions }: PodColumns): number {
  return 6 + [hasRevision, hasUsage, hasActions].filter(Boolean).length;
}

function PodUsage(props: { usage: Pod['usage'] }) {
  const locale = useLocale();
  const { cpuCores, memoryBytes } = props.usage ?? {};
  return (
    <>
      {cpuCores !== undefined && <div>{formatCpu(cpuCores, locale)}</div>}
      {memoryBytes !== undefined && <div>{formatBytes(memoryBytes, locale)}</div>}
    </>
  );
}

function LogLinks(props: { pod: Pod }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const logLink = useLogLink();
  const { name: pod, containers } = props.pod;
  const ended = containers.find(container => container.lastTermination && container.restarts > 0);
  return (
    <>
      <div>
        <Link
          to={logLink({ pod, container: likelyContainer(props.pod), isPrevious: false })}
          aria-label={t('pod.logsOf', { pod })}
        >
          {t('pod.logs')}
        </Link>
      </div>
      {ended && (
        <Link to={logLink({ pod, container: ended.name, isPrevious: true })} aria-label={t('pod.lastLogOf', { pod })}>
          {t('pod.lastLog')}
        </Link>
      )}
    </>
  );
}
