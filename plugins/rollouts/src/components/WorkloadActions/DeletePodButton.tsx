import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DELETE_POD_OPERATION, type Pod } from '@leitstand/plugin-rollouts-common';
import { useMemo } from 'react';
import { rolloutsTranslationRef } from '../../translation';
import { WorkloadOperationButton } from './WorkloadOperationButton';

/** Deletes one pod, after its plan was read. */
export function DeletePodButton(props: { pod: Pick<Pod, 'name' | 'isTerminating'> }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { name, isTerminating } = props.pod;
  const input = useMemo(() => ({ podName: name }), [name]);
  return (
    <WorkloadOperationButton
      operation={DELETE_POD_OPERATION}
      label={t('operation.deletePod')}
      ariaLabel={t('operation.deletePodOf', { pod: name })}
      input={input}
      refusal={isTerminating ? t('operation.isEnding') : undefined}
      variant="text"
      size="small"
    />
  );
}
