import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Fact, FactList } from '@leitstand/plugin-kit-react';
import { isFinished, type Run } from '@leitstand/plugin-operations-common';
import { Elapsed, ExactTime, runRouteRef, TargetLine } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { taskRouteRef } from '../../routes';
import { operationsTranslationRef } from '../../translation';

/** Who, on what, where, why, when, and which other runs belong to it. */
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
          <EntityRefLink entityRef={run.requester} defaultKind="user" hideIcon /> {t(`run.face.${run.face}`)}
          <TaskLink run={run} />
        </Fact>
        <Fact term={t('run.why')}>{run.reason ?? t('run.noReason')}</Fact>
        <Fact term={t('run.operation')}>
          <Code text={run.operation} />
        </Fact>
        <Times run={run} />
        <OtherRuns run={run} />
        <Fact term={t('run.id')}>
          <Code text={run.id} />
        </Fact>
      </FactList>
    </Paper>
  );
}

/** To the task of the template whose step asked. */
function TaskLink({ run }: { run: Run }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const taskLink = useRouteRef(taskRouteRef);
  if (run.taskId === undefined || !taskLink) return null;
  return (
    <>
      {', '}
      <Link to={taskLink({ taskId: run.taskId })}>{t('run.task')}</Link>
    </>
  );
}

function Times(props: { run: Run }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const { createdAt, startedAt, finishedAt } = props.run;
  return (
    <>
      <Fact term={t('run.asked')}>
        <ExactTime time={createdAt} />
      </Fact>
      {startedAt && (
        <Fact term={t('run.began')}>
          <ExactTime time={startedAt} />
        </Fact>
      )}
      {finishedAt && (
        <Fact term={t('run.ended')}>
          <ExactTime time={finishedAt} />
        </Fact>
      )}
      {startedAt && (
        <Fact term={t('run.took')}>
          <Elapsed span={props.run} />
        </Fact>
      )}
    </>
  );
}

function OtherRuns(props: { run: Run }) {
  const { t } = useTranslationRef(operationsTranslationRef);
  const runLink = useRouteRef(runRouteRef);
  const { state, undo, undoes, undoneBy } = props.run;
  return (
    <>
      {(state === 'succeeded' || !isFinished(state)) && <Fact term={t('run.undo')}>{undo.note}</Fact>}
      {undoes && (
        <Fact term={t('run.undoes')}>
          <Link to={runLink({ id: undoes })}>{t('run.thatRun')}</Link>
        </Fact>
      )}
      {undoneBy && (
        <Fact term={t('run.undoneBy')}>
          <Link to={runLink({ id: undoneBy })}>{t('run.thatRun')}</Link>
        </Fact>
      )}
    </>
  );
}

function Code(props: { text: string }) {
  return (
    <Box component="span" sx={{ fontFamily: 'var(--bui-font-monospace)', fontSize: 12 }}>
      {props.text}
    </Box>
  );
}
