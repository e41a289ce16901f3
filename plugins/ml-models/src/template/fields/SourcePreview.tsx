import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useErrorReason, type Resource } from '@leitstand/plugin-kit-react';
import type { QueryEstimate } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import type { SourceFacts } from '../hooks/useSourceFacts';
import type { CsvProblem } from '../model/readCsv';
import { mlModelsTemplateTranslationRef } from '../templateTranslation';

/** What is known of the data: columns with types, the first rows, how much a training reads, or what is wrong. */
export function SourcePreview(props: { facts: Resource<SourceFacts | undefined> }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { value, error, isLoading } = props.facts;
  const failure = useErrorReason(error);
  if (failure !== undefined) return <Alert severity="error">{t('source.unknown', { reason: failure })}</Alert>;
  if (value?.problem) return <Problem problem={value.problem} />;
  if (!value) {
    return (
      <Typography variant="body2" color="text.secondary" role="status">
        {isLoading ? t('source.checking') : ''}
      </Typography>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Columns facts={value} />
      {value.estimate && <EstimateWords estimate={value.estimate} />}
      {value.rowCount !== undefined && (
        <Typography variant="caption" color="text.secondary">
          {value.firstRows
            ? t('source.firstRows', { shown: String(value.firstRows.length), total: String(value.rowCount) })
            : t('source.rows', { count: value.rowCount })}
        </Typography>
      )}
    </Box>
  );
}

function Columns(props: { facts: SourceFacts }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { columns, firstRows = [] } = props.facts;
  return (
    <TableContainer tabIndex={0} sx={{ border: 1, borderColor: 'divider', borderRadius: 1, maxHeight: 320 }}>
      <Table size="small" stickyHeader aria-label={t('source.preview')}>
        <TableHead>
          <TableRow>
            {columns.map(({ name, type }) => (
              <TableCell key={name}>
                {name}
                <Typography variant="caption" component="div" color="text.secondary">
                  {type}
                </Typography>
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {firstRows.map((row, index) => (
            <TableRow key={index}>
              {columns.map(({ name }, position) => (
                <TableCell key={name}>{row[position] || '–'}</TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function EstimateWords(props: { estimate: QueryEstimate }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { bytes, cost } = useFormats();
  const { bytesProcessed, maximumBytesBilled, cost: amount } = props.estimate;
  const words = { bytes: bytes(bytesProcessed), limit: bytes(maximumBytesBilled) };
  return (
    <Alert severity={bytesProcessed > maximumBytesBilled ? 'error' : 'info'}>
      {amount ? t('source.estimateCost', { ...words, cost: cost(amount) }) : t('source.estimate', words)}
    </Alert>
  );
}

function Problem(props: { problem: CsvProblem }) {
  const { t } = useTranslationRef(mlModelsTemplateTranslationRef);
  const { problem } = props;
  const words = () => {
    switch (problem.kind) {
      case 'unreadable':
        return t('source.unreadable', { line: String(problem.line) });
      case 'headingInvalid':
        return t('source.headingInvalid', { name: problem.name });
      case 'headingTwice':
        return t('source.headingTwice', { name: problem.name });
      case 'empty':
        return t('source.empty');
      default:
        return problem satisfies never;
    }
  };
  return <Alert severity="error">{words()}</Alert>;
}
