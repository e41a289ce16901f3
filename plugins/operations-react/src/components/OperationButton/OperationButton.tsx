import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatAbsoluteTime, useLocale } from '@leitstand/plugin-kit-react';
import type { AvailableOperation, Plan, Run } from '@leitstand/plugin-operations-common';
import type { ButtonProps } from '@mui/material/Button';
import { useState } from 'react';
import { useEntityFreezes } from '../../hooks/useEntityFreezes';
import type { OperationForm } from '../../model/OperationForm';
import { operationsReactTranslationRef } from '../../translation';
import { OperationDialog } from '../OperationDialog';
import { DialogButton } from './DialogButton';

/** What the button does. */
export interface OperationButtonProps {
  /** As the door says it; undefined while it has not answered yet. */
  operation: AvailableOperation | undefined;
  entityRef: string;
  /** Input of the operation. Stable, or an open dialog plans anew. */
  input?: Record<string, unknown>;
  /** Asks for the input first; then `input` is not used. Taken over when the dialog opens. */
  inputForm?: OperationForm;
  /** Default: the operation's title. */
  label?: string;
  /** For screen readers, where several buttons carry the same label. Default: the label. */
  ariaLabel?: string;
  confirmLabel?: (plan: Plan) => string;
  /** Why this button is not available, where the operation as such is, for example for the present revision. */
  refusal?: string;
  /** No button, but a dialog that is open stays, for a row that has become the present state. Default: false. */
  isHidden?: boolean;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  onFinished?: (run: Run) => void;
}

/** What the dialog was opened for. Kept while it is open, whatever becomes of the page behind it. */
interface OpenedDialog {
  operation: AvailableOperation;
  input: Record<string, unknown> | undefined;
  inputForm: OperationForm | undefined;
}

/** Opens the dialog of an operation; says why where it is not available, and that it has to wait where a freeze is on. */
export function OperationButton(props: OperationButtonProps) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const [opened, setOpened] = useState<OpenedDialog>();
  const [isOpen, setIsOpen] = useState(false);
  const { operation, input, inputForm, entityRef } = props;
  const label = props.label ?? operation?.title ?? '';
  const refusal = useRefusal(operation, props.refusal);
  const hint = useFreezeHint(entityRef);
  const open = () => {
    if (operation) setOpened({ operation, input, inputForm });
    setIsOpen(true);
  };
  return (
    <>
      {!props.isHidden && (
        <DialogButton
          label={refusal === undefined ? t('button.more', { title: label }) : label}
          ariaLabel={props.ariaLabel ?? label}
          refusal={refusal}
          hint={hint}
          variant={props.variant}
          size={props.size}
          onOpen={open}
        />
      )}
      {opened && (
        <OperationDialog
          operation={opened.operation.operation}
          title={opened.operation.title}
          entityRef={entityRef}
          input={opened.input}
          inputForm={opened.inputForm}
          confirmLabel={props.confirmLabel}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          onFinished={props.onFinished}
        />
      )}
    </>
  );
}

/** Why the button does nothing, in a sentence; undefined where it does something. */
function useRefusal(operation: AvailableOperation | undefined, ownRefusal: string | undefined): string | undefined {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  if (!operation) return t('button.loading');
  if (operation.isAvailable) return ownRefusal;
  return operation.refusal
    ? t('button.unavailable', { reason: operation.refusal.message })
    : t('button.unavailableUnknown');
}

/** That what is asked for now has to wait; of several freezes the one that ends last. */
function useFreezeHint(entityRef: string): string | undefined {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const locale = useLocale();
  const active = useEntityFreezes(entityRef).value?.filter(freeze => freeze.state === 'active') ?? [];
  const last = active.sort((a, b) => Date.parse(b.endsAt) - Date.parse(a.endsAt)).at(0);
  if (!last) return undefined;
  return t('freeze.tooltip', { until: formatAbsoluteTime(new Date(last.endsAt), { locale }), reason: last.reason });
}
