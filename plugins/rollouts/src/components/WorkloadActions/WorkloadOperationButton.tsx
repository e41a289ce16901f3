import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DialogButton } from '@leitstand/plugin-operations-react';
import type { OperationForm } from '@leitstand/plugin-operations-react';
import { rolloutsTranslationRef } from '../../translation';
import { useUnavailable } from './useUnavailable';
import { useWorkloadOperations } from './WorkloadOperations';

/** Opens the page's dialog for one operation; nothing where there is none for the workload. */
export function WorkloadOperationButton(props: {
  /** Id of the operation. */
  operation: string;
  label: string;
  /** For screen readers, where several buttons carry the same label. Default: the label. */
  ariaLabel?: string;
  input?: Record<string, unknown>;
  inputForm?: OperationForm;
  /** Why not, where the operation as such is available. */
  refusal?: string;
  variant?: 'contained' | 'outlined' | 'text';
  size?: 'small' | 'medium';
}) {
  const { t } = useTranslationRef(rolloutsTranslationRef);
  const operations = useWorkloadOperations();
  const unavailable = useUnavailable();
  const operation = operations?.find(props.operation);
  if (!operations || !operation) return null;
  const { label, ariaLabel = label, input, inputForm, variant, size } = props;
  const refusal = unavailable(operation) ?? props.refusal;
  return (
    <DialogButton
      label={refusal === undefined ? t('operation.opens', { label }) : label}
      ariaLabel={ariaLabel}
      refusal={refusal}
      variant={variant}
      size={size}
      onOpen={() => operations.open({ operation, label: ariaLabel, input, inputForm })}
    />
  );
}
