import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { LineFigure } from '@leitstand/plugin-kit-react';
import type { Iteration } from '@leitstand/plugin-ml-models-common';
import { useFormats } from '../../hooks/useFormats';
import { lossSeries } from '../../model/iterations';
import { mlModelsTranslationRef } from '../../translation';

/** Loss by iteration; nothing for a single one, which makes no curve. */
export function LossFigure(props: { iterations: Iteration[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { iterations } = props;
  const series = lossSeries(iterations, { training: t('training.trainingLoss'), evaluation: t('training.evalLoss') });
  if (iterations.length < 2 || series.length === 0) return null;
  return (
    <LineFigure
      label={t('training.loss')}
      caption={t('training.lossWords')}
      xLabel={t('training.iteration')}
      yLabel={t('training.lossAxis')}
      series={series}
      isCount
      format={formats.number}
      heightPx={280}
    />
  );
}
