import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { LoadingState } from '@leitstand/plugin-kit-react';
import type { Plan, Run } from '@leitstand/plugin-operations-common';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, type ReactNode } from 'react';
import { useOperationSession, type OperationRequest } from '../../hooks/useOperationSession';
import type { OperationSession } from '../../model/operationSession';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';
import { DialogBody } from './DialogParts';
import { PlanStep } from './PlanStep';
import { RunStep } from './RunStep';

/** The dialog's content; lives as long as the dialog is open, and with it one session. */
export function OperationSessionView(
  props: OperationRequest & {
    title: string;
    titleId: string;
    confirmLabel?: (plan: Plan) => string;
    onClose: () => void;
    onStartingChange: (isStarting: boolean) => void;
    onFinished?: (run: Run) => void;
  },
) {
  const { session, replan, start } = useOperationSession(props);
  const { title, titleId, confirmLabel, onClose, onStartingChange, onFinished } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const isStarting = session.phase === 'planned' && session.isStarting;

  useEffect(() => onStartingChange(isStarting), [isStarting, onStartingChange]);
  // The control that had the focus goes with its step; the heading of the next one says where the person is.
  useEffect(() => heading.current?.focus(), [session.phase]);

  return (
    <>
      <DialogTitle
        id={titleId}
        ref={heading}
        tabIndex={-1}
        sx={{ overflowWrap: 'anywhere', '&&:focus-visible': { outline: 'none' } }}
      >
        {headingOf(session) ?? title}
      </DialogTitle>
      {session.phase === 'planning' && <Planning onClose={onClose} />}
      {session.phase === 'plan-failed' && <PlanFailed error={session.error} onRetry={replan} onClose={onClose} />}
      {session.phase === 'planned' && (
        <PlanStep
          key={session.plan.id}
          plan={session.plan}
          isStarting={session.isStarting}
          startError={session.startError}
          confirmLabel={confirmLabel?.(session.plan) ?? session.plan.title}
          onStart={start}
          onReplan={replan}
          onClose={onClose}
        />
      )}
      {session.phase === 'started' && <RunStep run={session.run} onClose={onClose} onFinished={onFinished} />}
    </>
  );
}

function headingOf(session: OperationSession): string | undefined {
  if (session.phase === 'planned') return session.plan.summary;
  if (session.phase === 'started') return session.run.summary;
  return undefined;
}

function Planning(props: { onClose: () => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  return (
    <Frame onClose={props.onClose} closeLabel={t('dialog.cancel')}>
      <Typography variant="body2" color="text.secondary">
        {t('dialog.planning')}
      </Typography>
      <LoadingState lines={6} label={t('dialog.planning')} />
    </Frame>
  );
}

function PlanFailed(props: { error: unknown; onRetry: () => void; onClose: () => void }) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  return (
    <Frame onClose={props.onClose} closeLabel={t('dialog.close')}>
      <FailureAlert
        title={t('dialog.planFailed')}
        error={props.error}
        action={{ label: t('dialog.tryAgain'), onClick: props.onRetry }}
      />
    </Frame>
  );
}

function Frame(props: { children: ReactNode; closeLabel: string; onClose: () => void }) {
  return (
    <>
      <DialogBody>{props.children}</DialogBody>
      <DialogActions>
        <Button onClick={props.onClose}>{props.closeLabel}</Button>
      </DialogActions>
    </>
  );
}
