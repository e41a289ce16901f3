import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Job } from '@leitstand/plugin-ml-models-common';
import { OperationButton } from '@leitstand/plugin-operations-react';
import { useMemo } from 'react';
import type { ModelOperations } from '../hooks/useModelOperations';
import { modelOperations } from '../model/operations';
import { mlModelsTranslationRef } from '../translation';

/** Ends a job through the door; nothing where that cannot be done. */
export function CancelJobButton(props: { job: Job; operations: ModelOperations }) {
  const { t } = useTranslationRef(mlModelsTranslationRef);
  const { job, operations } = props;
  const operation = operations.find(modelOperations.cancelJob);
  const input = useMemo(() => ({ jobId: job.id }), [job.id]);
  if (!operation) return null;
  return (
    <OperationButton
      operation={operation}
      entityRef={operations.entityRef}
      input={input}
      label={t('job.cancel')}
      ariaLabel={t('job.cancelLabel', { job: job.id })}
      size="small"
      onFinished={operations.reload}
    />
  );
}
