import type { PlanRequirements } from '@leitstand/plugin-operations-common';
import { useRef, useState, type RefObject } from 'react';

/** What is asked of the person before a plan is run. */
export type ConsentRequirements = Pick<PlanRequirements, 'reason' | 'confirmation'>;

/** What a person has to give before a plan is run, as far as given. */
export interface Consent {
  requirements: ConsentRequirements;
  reason: string;
  setReason: (reason: string) => void;
  isConfirmed: boolean;
  setIsConfirmed: (isConfirmed: boolean) => void;
  /** What is missing is told only after the first try. */
  isReasonMissing: boolean;
  isConfirmationMissing: boolean;
  reasonField: RefObject<HTMLInputElement>;
  confirmationField: RefObject<HTMLInputElement>;
  /** Whether all is there; if not, says so and takes the person to the first thing that is missing. */
  check: () => boolean;
  /** Forgets what was confirmed and missed; the reason stays. */
  reset: () => void;
}

/** Keeps the reason and the confirmation that an environment's policy asks for. */
export function useConsent(requirements: ConsentRequirements): Consent {
  const [reason, setReason] = useState('');
  const [isConfirmed, setIsConfirmed] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const reasonField = useRef<HTMLInputElement>(null);
  const confirmationField = useRef<HTMLInputElement>(null);
  const lacksReason = requirements.reason && reason.trim() === '';
  const lacksConfirmation = requirements.confirmation && !isConfirmed;
  return {
    requirements,
    reason,
    setReason,
    isConfirmed,
    setIsConfirmed,
    isReasonMissing: wasTried && lacksReason,
    isConfirmationMissing: wasTried && lacksConfirmation,
    reasonField,
    confirmationField,
    check: () => {
      setWasTried(true);
      if (lacksReason) reasonField.current?.focus();
      else if (lacksConfirmation) confirmationField.current?.focus();
      return !lacksReason && !lacksConfirmation;
    },
    reset: () => {
      setIsConfirmed(false);
      setWasTried(false);
    },
  };
}
