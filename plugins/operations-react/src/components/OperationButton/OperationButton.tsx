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
  /** No button, but a dialog that is open stays, for a row that has become the present state. Default: false. */
  isHidden?: boolean;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  onFinished?: (run: Run) => void;
}

const oneLine = { whiteSpace: 'nowrap', flexShrink: 0 };

/** What the dialog was opened for. Kept while it is open, whatever becomes of the page behind it. */
interface OpenedDialog {
  operation: AvailableOperation;
  input: Record<string, unknown> | undefined;
}

/**
 * Opens the dialog of an operation. Where the operation is not available the button stays reachable by keyboard, does
 * nothing, and says why: as its description for screen readers, and in a tooltip on focus, hover and touch.
 */
export function OperationButton(props: OperationButtonProps) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const [opened, setOpened] = useState<OpenedDialog>();
  const [isOpen, setIsOpen] = useState(false);
  const { operation, input, variant = 'outlined', size = 'medium' } = props;
  const label = props.label ?? operation?.title ?? '';
  const ariaLabel = props.ariaLabel ?? label;
  const refusal = useRefusal(operation, props.refusal);
  const open = () => {
    if (operation) setOpened({ operation, input });
    setIsOpen(true);
  };
  return (
    <>
      {!props.isHidden && refusal === undefined && (
        <Button variant={variant} size={size} aria-label={ariaLabel} aria-haspopup="dialog" onClick={open} sx={oneLine}>
          {t('button.more', { title: label })}
        </Button>
      )}
      {!props.isHidden && refusal !== undefined && (
        <RefusedButton label={label} ariaLabel={ariaLabel} size={size} refusal={refusal} />
      )}
      {opened && (
        <OperationDialog
          operation={opened.operation.operation}
          title={opened.operation.title}
          entityRef={props.entityRef}
          input={opened.input}
          confirmLabel={props.confirmLabel}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          onFinished={props.onFinished}
        />
      )}
    </>
  );
}

function RefusedButton(props: { label: string; ariaLabel: string; size: ButtonProps['size']; refusal: string }) {
  const reasonId = useId();
  const still = { color: 'text.secondary', borderColor: 'divider', backgroundColor: 'transparent' };
  return (
    <>
      <Tooltip title={props.refusal} enterTouchDelay={0} leaveTouchDelay={8_000} disableInteractive>
        <Button
          variant="outlined"
          size={props.size}
          aria-disabled
          aria-label={props.ariaLabel}
          aria-describedby={reasonId}
          sx={{ ...oneLine, ...still, cursor: 'not-allowed', '&:hover': still }}
        >
          {props.label}
        </Button>
      </Tooltip>
      <VisuallyHidden id={reasonId}>{props.refusal}</VisuallyHidden>
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
