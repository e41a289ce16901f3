import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { operationsApiRef } from '../api';
import { createIdempotencyKey } from '../model/idempotencyKey';
import { nextSession, type OperationSession } from '../model/operationSession';

/** What is to be planned. */
export interface OperationRequest {
  operation: string;
  entityRef: string;
  /** Checked by the operation's own schema. Stable, or each render makes a new plan. */
  input?: Record<string, unknown>;
}

/** A session and what a person can do in it. */
export interface OperationSessionControls {
  session: OperationSession;
  /** Throws the present plan away and asks for a new one. */
  replan: () => void;
  /** Runs the plan that is on the screen. */
  start: (reason: string | undefined) => void;
}

/** Asks for a plan at once and runs it on demand. A plan that is asked for when the component goes is abandoned; a run is not. */
export function useOperationSession(request: OperationRequest): OperationSessionControls {
  const operations = useApi(operationsApiRef);
  const [session, dispatch] = useReducer(nextSession, { phase: 'planning' });
  const [attempt, setAttempt] = useState(0);
  const { operation, entityRef, input } = request;
  const isStarting = useRef(false);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    dispatch({ type: 'plan-requested' });
    operations.plan({ operation, entityRef, input }, { signal }).then(
      plan => {
        if (!signal.aborted) dispatch({ type: 'plan-received', plan, idempotencyKey: createIdempotencyKey() });
      },
      (error: unknown) => {
        if (!signal.aborted) dispatch({ type: 'plan-failed', error });
      },
    );
    return () => controller.abort();
  }, [operations, operation, entityRef, input, attempt]);

  const replan = useCallback(() => setAttempt(count => count + 1), []);
  const start = useCallback(
    (reason: string | undefined) => {
      if (session.phase !== 'planned' || isStarting.current) return;
      isStarting.current = true;
      dispatch({ type: 'start-requested' });
      operations
        .run({ planId: session.plan.id, reason, idempotencyKey: session.idempotencyKey })
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
  return { session, replan, start };
}
