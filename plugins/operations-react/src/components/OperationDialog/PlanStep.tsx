import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Plan } from '@leitstand/plugin-operations-common';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import Stack from '@mui/material/Stack';
import { useNow } from '@leitstand/plugin-kit-react';
import { isPlanDead } from '../../model/advice';
import { useConsent } from '../../hooks/useConsent';
import { operationsReactTranslationRef } from '../../translation';
import { FailureAlert } from '../FailureAlert';
import { PlanView } from '../PlanView';
import { ConsentFields } from './ConsentFields';
import { DialogBody, DialogFoot } from './DialogParts';
import { Expiry, ExpiredNote } from './Expiry';

/** Reading the plan and saying yes to it. */
export function PlanStep(props: {
  plan: Plan;
  isStarting: boolean;
  startError: unknown;
  confirmLabel: string;
  onStart: (reason: string | undefined) => void;
  onReplan: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(operationsReactTranslationRef);
  const { plan, isStarting, startError, onStart, onReplan } = props;
  const consent = useConsent(plan.requirements);
  const isExpired = Date.parse(plan.expiresAt) <= useNow(1_000).getTime();
  const isDead = isExpired || isPlanDead(startError);
  const submit = () => {
    if (consent.check()) onStart(consent.reason.trim() || undefined);
  };
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
          {!isDead && <ConsentFields plan={plan} consent={consent} />}
        </Stack>
      </DialogFoot>
      <DialogActions>
        <Expiry expiresAt={plan.expiresAt} isHidden={isDead} />
        <Button onClick={props.onClose} disabled={isStarting}>
          {t('dialog.cancel')}
        </Button>
        {!isDead && (
          <Button
            variant="contained"
            onClick={submit}
            disabled={isStarting}
            sx={{ flexShrink: 0, whiteSpace: 'nowrap' }}
          >
            {isStarting ? t('dialog.starting') : props.confirmLabel}
          </Button>
        )}
      </DialogActions>
    </>
  );
}
