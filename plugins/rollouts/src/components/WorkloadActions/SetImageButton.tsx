import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { SET_IMAGE_OPERATION, type Workload } from '@leitstand/plugin-rollouts-common';
import { rolloutsTranslationRef } from '../../translation';
import { useSetImageForm } from './SetImageForm';
import { WorkloadOperationButton } from './WorkloadOperationButton';

/** Asks for another image of one container. */
export function SetImageButton(props: { workload: Workload; container: string }) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const { workload, container } = props;
  return (
    <WorkloadOperationButton
      operation={SET_IMAGE_OPERATION}
      label={t('operation.setImage')}
      ariaLabel={t('operation.setImageOf', { container })}
      inputForm={useSetImageForm(workload, container)}
      refusal={workload.isPaused ? t('operation.isPaused') : undefined}
      variant="text"
      size="small"
    />
  );
}
