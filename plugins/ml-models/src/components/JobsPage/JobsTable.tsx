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
  return (
    <TableContainer tabIndex={0}>
      <Table aria-label={t('job.title')} sx={{ tableLayout: 'fixed', minWidth: 980 }}>
        <TableHead>
          <TableRow>
            <TableCell width={110}>{t('job.state')}</TableCell>
            <TableCell width={140}>{t('job.kind')}</TableCell>
            <TableCell>{t('job.model')}</TableCell>
            <TableCell>{t('job.user')}</TableCell>
            <TableCell width={124}>{t('job.created')}</TableCell>
            <TableCell width={90}>{t('job.duration')}</TableCell>
            <TableCell width={110}>{t('job.billed')}</TableCell>
            <TableCell width={90}>{t('job.cost')}</TableCell>
            <TableCell width={120}>{t('job.actions')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {jobs.map(job => (
            <JobRow key={`${job.project}:${job.location}.${job.id}`} job={job} operations={operationsOf?.(job)} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
