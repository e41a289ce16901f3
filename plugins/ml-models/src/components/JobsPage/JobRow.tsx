import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { Job } from '@leitstand/plugin-ml-models-common';
import { runRouteRef } from '@leitstand/plugin-operations-react';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { useModelEntity } from '../../hooks/useModelEntity';
import { useModelOperations, type ModelOperations } from '../../hooks/useModelOperations';
import { runOfJob } from '../../model/runOfJob';
import { useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { Breakable } from '../Breakable';
import { CancelJobButton } from '../CancelJobButton';

/** One job. */
export function JobRow(props: { job: Job; operations: ModelOperations | undefined; hasActions: boolean }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { job, operations } = props;
  const { createdAt, startedAt, endedAt, bytesBilled, cost } = job;
  return (
    <TableRow>
      <TableCell>
        <JobState job={job} />
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        <strong>{job.statementType ?? job.type}</strong> <ModelName model={job.model} />
        {job.error && (
          <Typography variant="body2" color="error" component="div">
            {t('job.error', job.error)}
          </Typography>
        )}
        <Typography variant="caption" color="text.secondary" component="div" noWrap title={job.id}>
          {job.id}
        </Typography>
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        <Breakable text={job.user} />
        <RunOfJob job={job} />
      </TableCell>
      <TableCell>
        <RelativeTime time={createdAt} />
      </TableCell>
      <TableCell>
        {startedAt && endedAt ? formats.duration(Date.parse(endedAt) - Date.parse(startedAt)) : '–'}
      </TableCell>
      <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {formats.bytes(bytesBilled)}
        {cost && (
          <Typography variant="caption" color="text.secondary" component="div">
            {formats.cost(cost)}
          </Typography>
        )}
      </TableCell>
      {props.hasActions && (
        <TableCell>
          {job.state !== 'DONE' &&
            (operations ? <CancelJobButton job={job} operations={operations} /> : <AskedCancelButton job={job} />)}
        </TableCell>
      )}
    </TableRow>
  );
}

function JobState(props: { job: Job }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { state, error } = props.job;
  if (state !== 'DONE') return <StatusChip tone="running" label={t('job.states.running')} />;
  return error ? (
    <StatusChip tone="error" label={t('job.states.failed')} />
  ) : (
    <StatusChip tone="ok" label={t('job.states.done')} />
  );
}

function ModelName(props: { model: string | undefined }) {
  const modelLink = useModelLink();
  const entityRef = useModelEntity(props.model);
  const { model } = props;
  if (model === undefined) return null;
  const name = <Breakable text={model} />;
  return entityRef === undefined ? name : <Link to={modelLink(entityRef, 'training')}>{name}</Link>;
}

/** The account of the portal's own jobs is always the same: the run says who asked for it. */
function RunOfJob(props: { job: Job }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const runLink = useRouteRef(runRouteRef);
  const runId = runOfJob(props.job);
  if (runId === undefined) return null;
  return (
    <Typography variant="body2" component="div">
      <Link to={runLink({ id: runId })}>{t('job.run')}</Link>
    </Typography>
  );
}

/** A job can be ended by whoever may act on its model; one without a model in the catalogue has nobody to ask. */
function AskedCancelButton(props: { job: Job }) {
  const entityRef = useModelEntity(props.job.model);
  return entityRef === undefined ? null : <EntityCancelButton job={props.job} entityRef={entityRef} />;
}

function EntityCancelButton(props: { job: Job; entityRef: string }) {
  const operations = useModelOperations(props.entityRef);
  return <CancelJobButton job={props.job} operations={operations} />;
}
