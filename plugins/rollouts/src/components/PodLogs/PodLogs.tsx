import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState, ErrorState, LoadingState } from '@leitstand/plugin-kit-react';
import type { Workload } from '@leitstand/plugin-rollouts-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useLogTarget } from '../../hooks/useLogTarget';
import { useMayReadLogs } from '../../hooks/useMayReadLogs';
import { likelyContainer, mayStillWrite } from '../../model/logChoice';
import { rolloutsTranslationRef } from '../../translation';
import { LogPicker } from './LogPicker';
import { LogsForbidden } from './LogsForbidden';
import { PodLog } from './PodLog';

/** What the workload's containers write: the log that the address names, and a choice of the others. */
export function PodLogs(props: { workload: Workload }) {
  const { value: mayRead, error, reload } = useMayReadLogs();
  if (error !== undefined) return <ErrorState error={error} onRetry={reload} />;
  if (mayRead === undefined) return <LoadingState />;
  return mayRead ? <ReadableLogs workload={props.workload} /> : <LogsForbidden />;
}

function ReadableLogs(props: { workload: Workload }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { cluster, namespace, pods } = props.workload;
  const [target, setTarget] = useLogTarget();
  const section = useSight(target && [target.pod, target.container, target.isPrevious].join(' '));
  if (pods.length === 0 && !target) return <EmptyState title={t('log.noPods')} advice={t('log.noPodsAdvice')} />;
  const pod = pods.find(candidate => candidate.name === target?.pod);
  const container = target?.container ?? likelyContainer(pod);
  return (
    <Box ref={section} sx={{ scrollMarginTop: 16 }}>
      <LogPicker pods={pods} target={target} container={container} onChange={setTarget} />
      {target && container !== undefined ? (
        <PodLog
          key={`${target.pod} ${container} ${target.isPrevious}`}
          request={{ cluster, namespace, pod: target.pod, container, isPrevious: target.isPrevious }}
          isFollowing={!target.isPrevious && mayStillWrite(pod)}
        />
      ) : (
        <Typography variant="body2" color="text.secondary" sx={{ padding: 2, paddingTop: 0 }}>
          {t('log.choose')}
        </Typography>
      )}
    </Box>
  );
}

/** Brings an element into sight when what it shows becomes something else. */
function useSight(shown: string | undefined) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown !== undefined) element.current?.scrollIntoView?.({ block: 'nearest' });
  }, [shown]);
  return element;
}
