import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { BarFigure, LineFigure } from '@leitstand/plugin-kit-react';
import { formatModelRef, type Model } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormats } from '../../hooks/useFormats';
import { useMetricWords } from '../../hooks/useMetricWords';
import { compareMetrics } from '../../model/comparison';
import { rocPoints } from '../../model/evaluationMath';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';

/** A chart for each metric that several of the models have, and the ROC curves of the classifiers in one. */
export function CompareCharts(props: { models: Model[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const words = useMetricWords();
  const { models } = props;
  const names = shortNames(models);
  const shared = compareMetrics(models).filter(({ values }) => values.filter(value => value !== undefined).length > 1);
  return (
    <Section title={t('compare.charts')}>
      {shared.length === 0 && <Typography variant="body2">{t('compare.nothingShared')}</Typography>}
      <Box
        sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } }}
      >
        {shared.map(({ metric, values }) => (
          <BarFigure
            key={metric}
            label={words.nameOf(metric)}
            caption={words.meaningOf(metric)}
            categoryLabel={t('column.model')}
            valueLabel={words.nameOf(metric)}
            bars={values.flatMap((value, index) => (value === undefined ? [] : [{ label: names[index], value }]))}
            format={formats.number}
          />
        ))}
        <RocFigure models={models} names={names} />
      </Box>
    </Section>
  );
}

function RocFigure(props: { models: Model[]; names: string[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const series = props.models.flatMap((model, index) => {
    const evaluation = model.trainingRuns.at(-1)?.evaluation;
    if (evaluation?.kind !== 'binary') return [];
    return [{ id: formatModelRef(model.ref), label: props.names[index], points: rocPoints(evaluation) }];
  });
  if (series.length < 2) return null;
  const whole = { min: 0, max: 1 };
  return (
    <LineFigure
      label={t('evaluation.roc')}
      caption={t('evaluation.rocWords')}
      xLabel={t('evaluation.falsePositiveRate')}
      yLabel={t('evaluation.truePositiveRate')}
      series={series}
      xRange={whole}
      yRange={whole}
      format={formats.number}
      heightPx={300}
    />
  );
}

/** The model's name; with its dataset where two have the same. */
function shortNames(models: readonly Model[]): string[] {
  const isUnique = new Set(models.map(({ ref }) => ref.model)).size === models.length;
  return models.map(({ ref }) => (isUnique ? ref.model : formatModelRef(ref)));
}
