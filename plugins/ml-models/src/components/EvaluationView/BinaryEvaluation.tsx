import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { LineFigure } from '@leitstand/plugin-kit-react';
import type { Evaluation, ThresholdCounts } from '@leitstand/plugin-ml-models-common';
import Box from '@mui/material/Box';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useDraftInAddress } from '../../hooks/useDraftInAddress';
import { useFormats } from '../../hooks/useFormats';
import { countsAt, precisionRecallPoints, rocPoints } from '../../model/evaluationMath';
import { thresholdFormat } from '../../model/thresholdFormat';
import { useModelLink } from '../../routes';
import { mlModelsTranslationRef } from '../../translation';
import { MetricGrid } from '../MetricGrid';
import { Section } from '../Section';
import { MatrixTable } from './MatrixTable';

type Binary = Extract<Evaluation, { kind: 'binary' }>;

/** What a binary classifier gets right and wrong at each threshold. */
export function BinaryEvaluation(props: { evaluation: Binary; entityRef: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const [{ threshold }, change] = useDraftInAddress(thresholdFormat);
  const { evaluation, entityRef } = props;
  const counts = countsAt(evaluation.thresholds, threshold);
  return (
    <>
      {counts && (
        <Section title={t('evaluation.matrix')}>
          <ThresholdSlider
            thresholds={evaluation.thresholds}
            counts={counts}
            onChange={value => change({ threshold: value })}
          />
          <AtThreshold evaluation={evaluation} counts={counts} entityRef={entityRef} />
        </Section>
      )}
      <Section title={t('evaluation.curves')}>
        <Curves evaluation={evaluation} />
      </Section>
    </>
  );
}

function ThresholdSlider(props: {
  thresholds: ThresholdCounts[];
  counts: ThresholdCounts;
  onChange: (threshold: number) => void;
}) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { counts, onChange } = props;
  // By place, not by value: browsers round values of 16 digits, and the keyboard would never leave the present one. Besides,
  // thresholds crowd at the ends.
  const thresholds = props.thresholds.map(({ threshold }) => threshold).sort((a, b) => a - b);
  const write = (place: number) => formats.number(thresholds[place]);
  return (
    <Box sx={{ maxWidth: 640 }}>
      <Typography variant="body2" id="evaluation-threshold">
        {t('evaluation.threshold', { threshold: formats.number(counts.threshold) })}
      </Typography>
      <Slider
        aria-labelledby="evaluation-threshold"
        min={0}
        max={thresholds.length - 1}
        value={thresholds.indexOf(counts.threshold)}
        onChange={(_, place) => onChange(thresholds[Array.isArray(place) ? place[0] : place])}
        valueLabelDisplay="auto"
        valueLabelFormat={write}
        getAriaValueText={write}
      />
      <Typography variant="caption" color="text.secondary" component="p">
        {t('evaluation.thresholdWords')}
      </Typography>
    </Box>
  );
}

function AtThreshold(props: { evaluation: Binary; counts: ThresholdCounts; entityRef: string }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const modelLink = useModelLink();
  const { evaluation, counts, entityRef } = props;
  const { positiveLabel, negativeLabel } = evaluation;
  const metrics = [
    { metric: 'precision', value: counts.precision },
    { metric: 'recall', value: counts.recall },
    { metric: 'f1_score', value: counts.f1Score },
    { metric: 'accuracy', value: counts.accuracy },
  ].flatMap(({ metric, value }) => (value === undefined ? [] : [{ metric, value }]));
  return (
    <Pair>
      <MatrixTable
        labels={[positiveLabel, negativeLabel]}
        counts={[
          [counts.truePositives, counts.falseNegatives],
          [counts.falsePositives, counts.trueNegatives],
        ]}
      />
      <div>
        <MetricGrid metrics={metrics} />
        <Typography variant="body2" sx={{ marginTop: 2 }}>
          <Link to={modelLink(entityRef, 'predict', thresholdFormat.format(counts).toString())}>
            {t('evaluation.predictWith')}
          </Link>
        </Typography>
      </div>
    </Pair>
  );
}

function Curves(props: { evaluation: Binary }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { evaluation } = props;
  const whole = { min: 0, max: 1 };
  const common = { format: formats.number, xRange: whole, yRange: whole, heightPx: 300 };
  return (
    <Pair>
      <LineFigure
        {...common}
        label={t('evaluation.roc')}
        caption={t('evaluation.rocWords')}
        xLabel={t('evaluation.falsePositiveRate')}
        yLabel={t('evaluation.truePositiveRate')}
        series={[
          { id: 'roc', label: t('evaluation.model'), points: rocPoints(evaluation) },
          {
            id: 'chance',
            label: t('evaluation.guessing'),
            isReference: true,
            points: [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
          },
        ]}
      />
      <LineFigure
        {...common}
        label={t('evaluation.precisionRecall')}
        caption={t('evaluation.precisionRecallWords')}
        xLabel={t('evaluation.recall')}
        yLabel={t('evaluation.precision')}
        series={[{ id: 'pr', label: t('evaluation.model'), points: precisionRecallPoints(evaluation) }]}
      />
    </Pair>
  );
}

/** Two things beside each other; below each other where there is no room. */
function Pair(props: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 3,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' },
      }}
    >
      {props.children}
    </Box>
  );
}
