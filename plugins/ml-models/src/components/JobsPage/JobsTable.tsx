import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Job } from '@leitstand/plugin-ml-models-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { mlModelsTranslationRef } from '../../translation';
import { JobRow } from './JobRow';

/** Jobs with who ran them, what they billed, and what went wrong; those that run can be ended. */
export function JobsTable(props: {
  jobs: Job[];
  /** What can be done to the entity of a job's model. Default: the door is asked for each job that runs. */
  operationsOf?: (job: Job) => ModelOperations;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { jobs, operationsOf } = props;
  const isAnyRunning = jobs.some(({ state }) => state !== 'DONE');
  return (
    <TableContainer tabIndex={0}>
      <Table aria-label={t('job.title')} sx={{ tableLayout: 'fixed', minWidth: 860 }}>
        <TableHead>
          <TableRow>
            <TableCell width={110}>{t('job.state')}</TableCell>
            <TableCell>{t('job.what')}</TableCell>
            <TableCell width="22%">{t('job.user')}</TableCell>
            <TableCell width={110}>{t('job.created')}</TableCell>
            <TableCell width={90}>{t('job.duration')}</TableCell>
            <TableCell width={100}>{t('job.billed')}</TableCell>
            {isAnyRunning && <TableCell width={120}>{t('job.actions')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {jobs.map(job => (
            <JobRow
              key={`${job.project}:${job.location}.${job.id}`}
              job={job}
              operations={operationsOf?.(job)}
              hasActions={isAnyRunning}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
