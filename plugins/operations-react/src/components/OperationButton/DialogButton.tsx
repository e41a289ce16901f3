import { VisuallyHidden } from '@backstage/ui';
import Button, { type ButtonProps } from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useId } from 'react';

const oneLine = { whiteSpace: 'nowrap', flexShrink: 0 };
const still = { color: 'text.secondary', borderColor: 'divider', backgroundColor: 'transparent' };

/**
 * Opens a dialog. Where there is a refusal the button stays reachable by keyboard, does nothing, and says why: as its
 * description for screen readers, and in a tooltip on focus, hover and touch.
 */
export function DialogButton(props: {
  label: string;
  /** Default: the label. */
  ariaLabel?: string;
  /** Why the button does nothing, in a sentence. */
  refusal?: string;
  /** What to know before pressing it; like a refusal, but it can be pressed. */
  hint?: string;
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  color?: ButtonProps['color'];
  onOpen: () => void;
}) {
  const { label, ariaLabel = label, refusal, hint, variant = 'outlined', size = 'medium' } = props;
  const noteId = useId();
  const note = refusal ?? hint;
  const button = (
    <Button
      {...(refusal === undefined
        ? { variant, color: props.color, 'aria-haspopup': 'dialog' as const, onClick: props.onOpen, sx: oneLine }
        : {
            variant: 'outlined',
            'aria-disabled': true,
            sx: { ...oneLine, ...still, cursor: 'not-allowed', '&:hover': still },
          })}
      size={size}
      aria-label={ariaLabel}
      aria-describedby={note === undefined ? undefined : noteId}
    >
      {label}
    </Button>
  );
  if (note === undefined) return button;
  return (
    <>
      <Tooltip title={note} enterTouchDelay={0} leaveTouchDelay={8_000} disableInteractive>
        {button}
      </Tooltip>
      <VisuallyHidden id={noteId}>{note}</VisuallyHidden>
    </>
  );
}
