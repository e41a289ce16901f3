import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ConfusionMatrix } from '@leitstand/plugin-ml-models-common';
import Typography from '@mui/material/Typography';
import { mlModelsTranslationRef } from '../../translation';
import { MatrixTable } from './MatrixTable';

/** Which classes are taken for which; the stronger a cell, the larger its share of what is so. */
export function MulticlassMatrix(props: { matrix: ConfusionMatrix }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { labels, counts } = props.matrix;
  return (
    <>
      <MatrixTable labels={labels} counts={counts} />
      <Typography variant="caption" color="text.secondary">
        {t('evaluation.matrixWords')}
      </Typography>
    </>
  );
}
