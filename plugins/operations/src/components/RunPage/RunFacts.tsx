import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { formatAbsoluteTime, RelativeTime, useLocale } from '@leitstand/plugin-kit-react';
import type { Run } from '@leitstand/plugin-operations-common';
import { Elapsed, Fact, FactList, TargetLine } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { operationsTranslationRef } from '../../translation';

/** Who, on what, where, why, when. */
export function RunFacts(props: { run: Run }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { run } = props;
  return (
    <Paper sx={{ padding: 2 }}>
      <FactList>
        <Fact term={t('run.on')}>
          <EntityRefLink entityRef={run.entityRef} hideIcon />
        </Fact>
        <Fact term={t('run.where')}>
          <TargetLine target={run.target} />
        </Fact>
        <Fact term={t('run.environment')}>{run.environment ?? t('run.noEnvironment')}</Fact>
        <Fact term={t('run.who')}>
          <EntityRefLink entityRef={run.requester} defaultKind="user" hideIcon />
        </Fact>
        <Fact term={t('run.why')}>{run.reason ?? t('run.noReason')}</Fact>
        <Fact term={t('run.asked')}>
          <ExactTime time={run.createdAt} />
        </Fact>
        {run.finishedAt && (
          <Fact term={t('run.ended')}>
            <ExactTime time={run.finishedAt} />
          </Fact>
        )}
        <Fact term={t('run.took')}>
          <Elapsed span={run} />
        </Fact>
      </FactList>
    </Paper>
  );
}

function ExactTime(props: { time: string }) {
  const locale = useLocale();
  return (
    <>
      {formatAbsoluteTime(new Date(props.time), { locale })}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {' · '}
        <RelativeTime time={props.time} />
      </Box>
    </>
  );
}
