import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Model } from '@leitstand/plugin-ml-models-common';
import { OperationButton, type OperationForm } from '@leitstand/plugin-operations-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ModelOperations } from '../../hooks/useModelOperations';
import { modelOperations } from '../../model/operations';
import { mlModelsTranslationRef } from '../../translation';
import { useExpirationForm } from './ExpirationForm';
import { useLabelsForm } from './LabelsForm';
import { useRetrainForm } from './RetrainForm';

/** What can be done to a model, through the door; nothing for a model for which there is no operation. */
export function ModelActions(props: { model: Model; operations: ModelOperations; onChanged: () => void }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { model, operations } = props;
  const entries: { id: string; form?: OperationForm; isMain?: boolean }[] = [
    { id: modelOperations.retrain, form: useRetrainForm(model), isMain: true },
    { id: modelOperations.setLabels, form: useLabelsForm(model) },
    { id: modelOperations.setExpiration, form: useExpirationForm(model) },
    { id: modelOperations.delete },
  ];
  if (operations.error !== undefined) {
    return (
      <Typography variant="body2" color="text.secondary" role="status">
        {t('operation.failed')}
      </Typography>
    );
  }
  return (
    <Box role="group" aria-label={t('operation.label')} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {entries.map(({ id, form, isMain }) => {
        const operation = operations.find(id);
        return (
          operation && (
            <OperationButton
              key={id}
              operation={operation}
              entityRef={operations.entityRef}
              inputForm={form}
              variant={isMain ? 'contained' : 'outlined'}
              onFinished={() => {
                operations.reload();
                props.onChanged();
              }}
            />
          )
        );
      })}
    </Box>
  );
}
