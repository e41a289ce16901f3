import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { VisuallyHidden } from '@backstage/ui';
import type { AvailableOperation, Plan, Run } from '@leitstand/plugin-operations-common';
import Button, { type ButtonProps } from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useId, useState } from 'react';
import { operationsReactTranslationRef } from '../../translation';
import { OperationDialog } from '../OperationDialog';

/** What the button does. */
export interface OperationButtonProps {
  /** As the door says it; undefined while it has not answered yet. */
  operation: AvailableOperation | undefined;
  entityRef: string;
  /** Input of the operation. Stable, or an open dialog plans anew. */
  input?: Record<string, unknown>;
  /** Default: the operation's title. */
  label?: string;
  /** For screen readers, where several buttons carry the same label. Default: the label. */
  ariaLabel?: string;
  confirmLabel?: (plan: Plan) => string;
  /** Why this button is not available, where the operation as such is, for example for the present revision. */
  refusal?: string;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  onFinished?: (run: Run) => void;
}

/**
 * Opens the dialog of an operation. Where the operation is not available the button stays reachable by keyboard, does
 * nothing, and says why: as its description for screen readers, and in a tooltip on focus, hover and touch.
 */
export function OperationButton(props: OperationButtonProps) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const reasonId = useId();
  const { operation, variant = 'outlined', size = 'medium' } = props;
  const label = props.label ?? operation?.title ?? '';
  const refusal = useRefusal(operation, props.refusal);
  if (refusal !== undefined) {
    return (
      <>
        <Tooltip title={refusal} enterTouchDelay={0} leaveTouchDelay={8_000} disableInteractive>
          <Button
            variant={variant}
            size={size}
            aria-disabled
            aria-label={props.ariaLabel ?? label}
            aria-describedby={reasonId}
            sx={{
              color: 'text.secondary',
              borderColor: 'divider',
              backgroundColor: 'transparent',
              cursor: 'not-allowed',
              '&:hover': { backgroundColor: 'transparent', borderColor: 'divider' },
            }}
          >
            {label}
          </Button>
        </Tooltip>
        <VisuallyHidden id={reasonId}>{refusal}</VisuallyHidden>
      </>
    );
  }
  return (
    <>
      <Button
        variant={variant}
        size={size}
        aria-label={props.ariaLabel ?? label}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {t('button.more', { title: label })}
      </Button>
      {operation && (
        <OperationDialog
          operation={operation.operation}
          title={operation.title}
          entityRef={props.entityRef}
          input={props.input}
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
