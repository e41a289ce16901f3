import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useNow } from '@leitstand/plugin-kit-react';
import type { Plan } from '@leitstand/plugin-operations-common';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState, type ReactNode } from 'react';
import { useConsent } from '../../hooks/useConsent';
import type { StartRequest } from '../../hooks/useOperationSession';
import { isPlanDead } from '../../model/advice';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';
import { PlanView } from '../PlanView';
import { BreakGlassFields } from './BreakGlassFields';
import { ConsentFields } from './ConsentFields';
import { DialogBar, DialogBody, DialogFoot } from './DialogParts';
import { Expiry, ExpiredNote } from './Expiry';

/** Reading the plan and saying yes to it; or, apart from that, breaking the glass. */
export function PlanStep(props: {
  plan: Plan;
  isStarting: boolean;
  startError: unknown;
  confirmLabel: string;
  onStart: (request: StartRequest) => void;
  onReplan: () => void;
  /** Where the input came from a form. */
  onChangeInput?: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { plan, isStarting, startError, onStart, onReplan } = props;
  const [isBreakGlass, setIsBreakGlass] = useState(false);
  const consent = useConsent(isBreakGlass ? { reason: true, confirmation: true } : plan.requirements);
  const isExpired = Date.parse(plan.expiresAt) <= useNow(1_000).getTime();
  const isDead = isExpired || isPlanDead(startError);
  const mustWait = plan.freezes.length > 0 || plan.requirements.approval !== undefined;
  const switchTo = (next: boolean) => {
    consent.reset();
    setIsBreakGlass(next);
  };
  const submit = () => {
    if (consent.check()) onStart({ reason: consent.reason.trim() || undefined, isBreakGlass });
  };
  const label = mustWait ? t('dialog.ask', { label: props.confirmLabel }) : props.confirmLabel;
  return (
    <>
      <DialogBody>
        <PlanView plan={plan} />
      </DialogBody>
      <DialogFoot>
        <Stack spacing={1.5}>
          {isExpired && startError === undefined && <ExpiredNote onReplan={onReplan} />}
          {startError !== undefined && (
            <FailureAlert
              title={t('dialog.startFailed')}
              error={startError}
              action={isDead ? { label: t('dialog.newPlan'), onClick: onReplan } : undefined}
            />
          )}
          {!isDead && isBreakGlass && <BreakGlassFields consent={consent} />}
          {!isDead && !isBreakGlass && <ConsentFields plan={plan} consent={consent} />}
        </Stack>
      </DialogFoot>
      <DialogBar note={<Expiry expiresAt={plan.expiresAt} isHidden={isDead || isBreakGlass} />}>
        {!isDead && mustWait && plan.mayBreakGlass && !isBreakGlass && (
          <Quiet color="error" onClick={() => switchTo(true)} isDisabled={isStarting}>
            {t('breakGlass.open')}
          </Quiet>
        )}
        {props.onChangeInput && !isBreakGlass && (
          <Quiet onClick={props.onChangeInput} isDisabled={isStarting}>
            {t('dialog.changeInput')}
          </Quiet>
        )}
        <Quiet onClick={isBreakGlass ? () => switchTo(false) : props.onClose} isDisabled={isStarting}>
          {isBreakGlass ? t('breakGlass.back') : t('dialog.cancel')}
        </Quiet>
        {!isDead && (
          <Button
            variant="contained"
            color={isBreakGlass ? 'error' : 'primary'}
            onClick={submit}
            disabled={isStarting}
            sx={{ flexShrink: 0 }}
          >
            {isStarting && t('dialog.starting')}
            {!isStarting && (isBreakGlass ? t('breakGlass.confirm', { label: props.confirmLabel }) : label)}
          </Button>
        )}
      </DialogBar>
    </>
  );
}

function Quiet(props: { color?: 'error'; onClick: () => void; isDisabled: boolean; children: ReactNode }) {
  return (
    <Button
      color={props.color}
      onClick={props.onClick}
      disabled={props.isDisabled}
      sx={{ flexShrink: 0, whiteSpace: 'nowrap' }}
    >
      {props.children}
    </Button>
  );
}
