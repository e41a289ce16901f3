import { useApi } from '@backstage/core-plugin-api';
import type { Plan } from '@leitstand/plugin-operations-common';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { operationsApiRef } from '../api';
import { createIdempotencyKey } from '../model/idempotencyKey';
import { nextSession, type OperationSession } from '../model/operationSession';

/** Asks the door for a plan. */
export type MakePlan = (input: Record<string, unknown> | undefined, signal: AbortSignal) => Promise<Plan>;

/** What a session begins with. */
export interface OperationSessionOptions {
  /** Stable, or each render makes a new plan. */
  makePlan: MakePlan;
  /** Checked by the operation's own schema. Stable, or each render makes a new plan. */
  input?: Record<string, unknown>;
  /** Whether a person has to give the input first. */
  asksForInput: boolean;
}

/** How a plan is started. */
export interface StartRequest {
  reason: string | undefined;
  /** Passes by freezes and approvals, on record. */
  isBreakGlass: boolean;
}

/** A session and what a person can do in it. */
export interface OperationSessionControls {
  session: OperationSession;
  /** Asks for a plan of this input. */
  submitInput: (input: Record<string, unknown>) => void;
  /** Throws the present plan away and goes back to the form. */
  changeInput: () => void;
  /** Throws the present plan away and asks for a new one. */
  replan: () => void;
  /** Runs the plan that is on the screen. */
  start: (request: StartRequest) => void;
}

/**
 * Asks for a plan as soon as there is an input, and runs it on demand. A plan that is asked for when the component goes is
 * abandoned; a run is not.
 */
export function useOperationSession(options: OperationSessionOptions): OperationSessionControls {
  const operations = useApi(operationsApiRef);
  const { makePlan, asksForInput } = options;
  const [session, dispatch] = useReducer(nextSession, { phase: asksForInput ? 'input' : 'planning' });
  const [attempt, setAttempt] = useState(0);
  const [given, setGiven] = useState<Record<string, unknown>>();
  const input = asksForInput ? given : options.input;
  const hasInput = !asksForInput || given !== undefined;
  const isStarting = useRef(false);

  useEffect(() => {
    if (!hasInput) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    dispatch({ type: 'plan-requested' });
    makePlan(input, signal).then(
      plan => {
        if (!signal.aborted) dispatch({ type: 'plan-received', plan, idempotencyKey: createIdempotencyKey() });
      },
      (error: unknown) => {
        if (!signal.aborted) dispatch({ type: 'plan-failed', error });
      },
    );
    return () => controller.abort();
  }, [makePlan, input, hasInput, attempt]);

  const replan = useCallback(() => setAttempt(count => count + 1), []);
  const changeInput = useCallback(() => {
    setGiven(undefined);
    dispatch({ type: 'input-requested' });
  }, []);
  const start = useCallback(
    ({ reason, isBreakGlass }: StartRequest) => {
      if (session.phase !== 'planned' || isStarting.current) return;
      isStarting.current = true;
      dispatch({ type: 'start-requested' });
      const { plan, idempotencyKey } = session;
      operations
        .run({ planId: plan.id, reason, idempotencyKey, ...(isBreakGlass && { breakGlass: true }) })
        .then(
          run => dispatch({ type: 'started', run }),
          (error: unknown) => dispatch({ type: 'start-failed', error }),
        )
        .finally(() => {
          isStarting.current = false;
        });
    },
    [operations, session],
  );
  return { session, submitInput: setGiven, changeInput, replan, start };
}
