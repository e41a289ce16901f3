import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fact, FactList, RelativeTime } from '@leitstand/plugin-kit-react';
import type { TrainingRun } from '@leitstand/plugin-ml-models-common';
import Alert from '@mui/material/Alert';
import { useFormats } from '../../hooks/useFormats';
import { isNormalEquation } from '../../model/iterations';
import { mlModelsTranslationRef } from '../../translation';
import { Section } from '../Section';
import { LossFigure } from './LossFigure';

/** One training: its loss by iteration, what that came to, and how long it took. */
export function TrainingRunSection(props: { run: TrainingRun }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { run } = props;
  const { iterations, startedAt } = run;
  const last = iterations.at(-1);
  const durationMs = iterations.reduce((sum, iteration) => sum + (iteration.durationMs ?? 0), 0);
  return (
    <Section title={t('training.title')}>
      <FactList>
        <Fact term={t('training.started')}>
          <RelativeTime time={startedAt} />
        </Fact>
        <Fact term={t('training.iterations')}>{formats.number(iterations.length)}</Fact>
        <Fact term={t('training.duration')}>{formats.duration(durationMs)}</Fact>
        {last?.trainingLoss !== undefined && (
          <Fact term={t('training.trainingLoss')}>{formats.number(last.trainingLoss)}</Fact>
        )}
        {last?.evalLoss !== undefined && <Fact term={t('training.evalLoss')}>{formats.number(last.evalLoss)}</Fact>}
      </FactList>
      {isNormalEquation(run) && <Alert severity="info">{t('training.normalEquation')}</Alert>}
      <LossFigure iterations={iterations} />
    </Section>
  );
}
