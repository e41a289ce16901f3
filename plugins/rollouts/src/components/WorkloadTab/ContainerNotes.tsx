import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@leitstand/plugin-kit-react';
import type { PodContainer } from '@leitstand/plugin-rollouts-common';
import Typography from '@mui/material/Typography';
import { rolloutsTranslationRef } from '../../translation';

/** What there is to say of single containers: which one is not well, how often it restarted, how it ended. */
export function ContainerNotes(props: { containers: PodContainer[] }) {
  const { containers } = props;
  return (
    <>
      {notableContainers(containers).map(container => (
        <ContainerNote key={container.name} container={container} isOneOfMany={containers.length > 1} />
      ))}
    </>
  );
}

/** Those of a pod that there is something to say of. */
export function notableContainers(containers: PodContainer[]): PodContainer[] {
  const isOneOfMany = containers.length > 1;
  return containers.filter(
    container => container.lastTermination || container.restarts > 0 || (isOneOfMany && !container.isReady),
  );
}

function ContainerNote(props: { container: PodContainer; isOneOfMany: boolean }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { name, state, reason, restarts, lastTermination } = props.container;
  const words = [
    props.isOneOfMany && `${name}: ${reason ?? state}`,
    restarts > 0 && t('pod.containerRestarts', { count: restarts }),
    lastTermination &&
      (lastTermination.reason
        ? t('pod.endedBecause', { reason: lastTermination.reason, exitCode: String(lastTermination.exitCode) })
        : t('pod.ended', { exitCode: String(lastTermination.exitCode) })),
  ].filter(Boolean);
  return (
    <Typography variant="caption" component="p" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
      {words.join(' · ')}
      {lastTermination?.finishedAt && (
        <>
          {', '}
          <RelativeTime time={lastTermination.finishedAt} />
        </>
      )}
    </Typography>
  );
}
