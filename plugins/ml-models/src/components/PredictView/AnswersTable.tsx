import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VirtualTable, type VirtualColumn } from '@leitstand/plugin-kit-react';
import type { FeatureValue, Prediction } from '@leitstand/plugin-ml-models-common';
import { useMemo } from 'react';
import { useFormats } from '../../hooks/useFormats';
import { mlModelsTranslationRef } from '../../translation';

interface NumberedPrediction extends Prediction {
  number: number;
}

const rowHeightPx = 36;

/** Predictions of many rows: the answer first, then how sure it is and what was asked. */
export function AnswersTable(props: { label: string; predictions: Prediction[] }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const formats = useFormats();
  const { label, predictions } = props;
  const rows = useMemo(() => predictions.map((each, index) => ({ ...each, number: index + 1 })), [predictions]);
  const columns = useMemo<VirtualColumn<NumberedPrediction>[]>(() => {
    const write = (value: FeatureValue | undefined) =>
      typeof value === 'number' ? formats.number(value) : String(value ?? '–');
    const hasProbability = predictions.some(({ probabilities }) => probabilities.length > 0);
    return [
      { id: 'row', label: t('predict.row'), width: 56, cell: row => row.number },
      {
        id: 'predicted',
        label: t('predict.predicted', { label }),
        cell: row => <strong>{write(row.predicted)}</strong>,
      },
      ...(hasProbability
        ? [
            {
              id: 'probability',
              label: t('predict.probability'),
              width: 110,
              cell: ({ probabilities: [first] }: NumberedPrediction) => first && formats.share(first.probability),
            },
          ]
        : []),
      ...Object.keys(predictions[0]?.features ?? {}).map(name => ({
        id: `feature ${name}`,
        label: name,
        cell: (row: NumberedPrediction) => write(row.features[name]),
      })),
    ];
  }, [t, formats, label, predictions]);
  return (
    <VirtualTable
      label={t('predict.answer')}
      columns={columns}
      rows={rows}
      rowKey={row => String(row.number)}
      rowHeightPx={rowHeightPx}
      minWidthPx={120 * columns.length}
    />
  );
}
