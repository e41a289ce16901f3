import InboxOutlinedIcon from '@mui/icons-material/InboxOutlined';
import type { ReactNode } from 'react';
import { StateFrame } from './StateFrame';

/** A view without data: what that means, and what to do to get some. */
export function EmptyState(props: {
  /** What it means, for example "You own nothing yet". */
  title: string;
  /** What to do, or why this is good. */
  advice?: string;
  /** Buttons or links. */
  action?: ReactNode;
  /** Default: an empty tray. A tick where empty is good news. */
  icon?: ReactNode;
}) {
  return (
    <StateFrame
      role="status"
      icon={props.icon ?? <InboxOutlinedIcon color="secondary" />}
      title={props.title}
      details={[props.advice]}
      action={props.action}
    />
  );
}
