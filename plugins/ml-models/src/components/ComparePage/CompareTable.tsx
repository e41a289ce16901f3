import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime, StatusChip } from '@leitstand/plugin-kit-react';
import { formatModelRef, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useFormats } from '../../hooks/useFormats';
import { useMetricWords } from '../../hooks/useMetricWords';
import { compareMetrics } from '../../model/comparison';
import { datasetName } from '../../model/datasetName';
import { useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { ModelTypeName } from '../ModelTypeName';

/** One column a model: what it is, then its metrics, the best of each marked. */
export function CompareTable(props: { models: Model[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const modelLink = useModelLink();
  const { models } = props;
  const facts: [string, (model: Model) => ReactNode][] = [
    [t('column.type'), model => <ModelTypeName type={model.type} />],
    [t('column.label'), model => model.label ?? '–'],
    [t('compare.features'), model => model.features.map(({ name }) => name).join(', ')],
    [t('compare.iterations'), model => model.trainingRuns.at(-1)?.iterations.length ?? '–'],
    [t('column.trained'), model => <RelativeTime time={model.modifiedAt} />],
  ];
  return (
    <TableContainer tabIndex={0}>
      <Table aria-label={t('compare.title')} sx={{ minWidth: 200 + models.length * 180, tableLayout: 'fixed' }}>
        <TableHead>
          <TableRow>
            <TableCell width={200}>{t('compare.what')}</TableCell>
            {models.map(({ ref, entityRef }) => (
              <TableCell key={formatModelRef(ref)} sx={{ overflowWrap: 'anywhere' }}>
                {entityRef === undefined ? ref.model : <Link to={modelLink(entityRef)}>{ref.model}</Link>}
                <Typography variant="caption" component="div" color="text.secondary">
                  {datasetName(ref)}
                </Typography>
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {facts.map(([name, read]) => (
            <TableRow key={name}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              {models.map(model => (
                <TableCell key={formatModelRef(model.ref)} sx={{ overflowWrap: 'anywhere' }}>
                  {read(model)}
                </TableCell>
              ))}
            </TableRow>
          ))}
          <MetricRows models={models} />
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function MetricRows(props: { models: Model[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const words = useMetricWords();
  return (
    <>
      {compareMetrics(props.models).map(({ metric, values, best }) => (
        <TableRow key={metric}>
          <TableCell component="th" scope="row" title={words.meaningOf(metric)}>
            {words.nameOf(metric)}
          </TableCell>
          {values.map((value, index) => (
            <TableCell key={index} sx={{ fontVariantNumeric: 'tabular-nums' }}>
              <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', fontWeight: index === best ? 600 : undefined }}>
                {value === undefined ? '–' : formats.number(value)}
                {index === best && <StatusChip tone="ok" label={t('compare.best')} />}
              </Box>
            </TableCell>
          ))}
        </TableRow>
      ))}
    </>
  );
}
