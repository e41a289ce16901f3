import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import type { Job } from '@leitstand/plugin-ml-models-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { useModelEntity } from '../../hooks/useModelEntity';
import { useModelOperations, type ModelOperations } from '../../hooks/useModelOperations';
import { useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
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
      <TableCell sx={{ overflowWrap: 'anywhere' }}>{job.user}</TableCell>
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
  return entityRef === undefined ? <>{model}</> : <Link to={modelLink(entityRef, 'training')}>{model}</Link>;
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
