import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FeatureStatistics } from '@leitstand/plugin-ml-models-common';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';
import { RangeBar } from './RangeBar';

/** One row a feature: what the training data looked like. */
export function FeaturesTable(props: { features: FeatureStatistics[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  return (
    <TableContainer tabIndex={0}>
      <Table aria-label={t('features.title')} sx={{ minWidth: 860 }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('features.name')}</TableCell>
            <TableCell>{t('features.type')}</TableCell>
            <TableCell>{t('features.range')}</TableCell>
            <TableCell align="right">{t('features.mean')}</TableCell>
            <TableCell align="right">{t('features.median')}</TableCell>
            <TableCell align="right">{t('features.stddev')}</TableCell>
            <TableCell align="right">{t('features.nulls')}</TableCell>
            <TableCell>{t('features.categories')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.features.map(feature => (
            <FeatureRow key={feature.name} feature={feature} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** So many categories are named in a row. */
const namedCount = 6;

function FeatureRow(props: { feature: FeatureStatistics }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { name, type, mean, median, stddev, nullCount, categories, categoryCount } = props.feature;
  const number = (value: number | undefined) => (value === undefined ? '–' : formats.number(value));
  const count = categoryCount ?? categories.length;
  const named = categories.slice(0, namedCount).join(', ');
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {name}
      </TableCell>
      <TableCell>{type}</TableCell>
      <TableCell>
        <RangeBar feature={props.feature} />
      </TableCell>
      {[mean, median, stddev, nullCount].map((value, index) => (
        <TableCell key={index} align="right" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          {number(value)}
        </TableCell>
      ))}
      <TableCell sx={{ maxWidth: 260 }}>
        {count > 0
          ? t('features.categoryCount', { total: String(count), named: count > namedCount ? `${named} …` : named })
          : '–'}
      </TableCell>
    </TableRow>
  );
}
