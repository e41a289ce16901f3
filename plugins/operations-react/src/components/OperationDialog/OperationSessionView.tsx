import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { describeError, LoadingState } from '@leitstand/plugin-kit-react';
import type { Plan, Run } from '@leitstand/plugin-operations-common';
import Button from '@mui/material/Button';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useOperationSession, type MakePlan } from '../../hooks/useOperationSession';
import type { OperationForm } from '../../model/OperationForm';
import type { OperationSession } from '../../model/operationSession';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';
import { DialogBody, DialogBar } from './DialogParts';
import { InputStep } from './InputStep';
import { PlanStep } from './PlanStep';
import { RunStep } from './RunStep';

/** What a way to a run needs. */
export interface OperationSessionProps {
  /** Stable, or each render makes a new plan. */
  makePlan: MakePlan;
  /** Checked by the operation's own schema. Stable, or each render makes a new plan. */
  input?: Record<string, unknown>;
  /** Asks for the input first; then `input` is not used. Stable. */
  inputForm?: OperationForm;
  /** The operation's title, shown until the plan brings a summary. */
  title: string;
  /** What the button that runs the plan says, for example `Roll back to revision 3`. Default: the plan's title. */
  confirmLabel?: (plan: Plan) => string;
  onClose: () => void;
  /** Called once a run, when it has ended in whatever way while the dialog was open. */
  onFinished?: (run: Run) => void;
}

/** The dialog's content; lives as long as the dialog is open, and with it one session. */
export function OperationSessionView(
  props: OperationSessionProps & {
    titleId: string;
    onStartingChange: (isStarting: boolean) => void;
    /** With the id of the run that is to be taken back. */
    onUndo: (runId: string) => void;
  },
) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { makePlan, input, inputForm, title, titleId, confirmLabel, onClose, onStartingChange, onFinished } = props;
  const { session, submitInput, changeInput, replan, start } = useOperationSession({
    makePlan,
    input,
    asksForInput: inputForm !== undefined,
  });
  const [values, setValues] = useState<object>(inputForm?.initialValues ?? {});
  const headingElement = useRef<HTMLHeadingElement>(null);
  const subject = subjectOf(session);
  const heading = subject?.undoes ? t('dialog.undoHeading', { summary: subject.summary }) : subject?.summary;
  const isStarting = session.phase === 'planned' && session.isStarting;
  const onChangeInput = inputForm && changeInput;

  useEffect(() => onStartingChange(isStarting), [isStarting, onStartingChange]);
  // The control that had the focus goes with its step; the heading of the next one says where the person is.
  useEffect(() => headingElement.current?.focus(), [session.phase]);

  return (
    <>
      <DialogTitle
        id={titleId}
        ref={headingElement}
        tabIndex={-1}
        sx={{ overflowWrap: 'anywhere', '&&:focus-visible': { outline: 'none' } }}
      >
        {heading ?? title}
      </DialogTitle>
      {session.phase === 'input' && inputForm && (
        <InputStep form={inputForm} values={values} onChange={setValues} onSubmit={submitInput} onClose={onClose} />
      )}
      {session.phase === 'planning' && <Planning onClose={onClose} />}
      {session.phase === 'plan-failed' && (
        <PlanFailed error={session.error} onRetry={replan} onChangeInput={onChangeInput} onClose={onClose} />
      )}
      {session.phase === 'planned' && (
        <PlanStep
          key={session.plan.id}
          plan={session.plan}
          isStarting={session.isStarting}
          startError={session.startError}
          confirmLabel={confirmLabel?.(session.plan) ?? session.plan.title}
          onStart={start}
          onReplan={replan}
          onChangeInput={onChangeInput}
          onClose={onClose}
        />
      )}
      {session.phase === 'started' && (
        <RunStep run={session.run} onClose={onClose} onFinished={onFinished} onUndo={props.onUndo} />
      )}
    </>
  );
}

/** What the session is about, once there is a plan. */
function subjectOf(session: OperationSession): Pick<Plan, 'summary' | 'undoes'> | undefined {
  if (session.phase === 'planned') return session.plan;
  if (session.phase === 'started') return session.run;
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

/** Where the input was refused, changing it comes before trying the same again. */
function PlanFailed(props: {
  error: unknown;
  onRetry: () => void;
  onChangeInput: (() => void) | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { error, onRetry, onChangeInput } = props;
  const isInputRefused = onChangeInput !== undefined && describeError(error).kind === 'input';
  return (
    <Frame
      onClose={props.onClose}
      closeLabel={t('dialog.close')}
      action={!isInputRefused && onChangeInput && <Button onClick={onChangeInput}>{t('dialog.changeInput')}</Button>}
    >
      <FailureAlert
        title={t('dialog.planFailed')}
        error={error}
        action={
          isInputRefused
            ? { label: t('dialog.changeInput'), onClick: onChangeInput }
            : { label: t('dialog.tryAgain'), onClick: onRetry }
        }
      />
    </Frame>
  );
}

function Frame(props: { children: ReactNode; closeLabel: string; action?: ReactNode; onClose: () => void }) {
  return (
    <>
      <DialogBody>{props.children}</DialogBody>
      <DialogBar>
        {props.action}
        <Button onClick={props.onClose}>{props.closeLabel}</Button>
      </DialogBar>
    </>
  );
}
