import type { Plan, Run } from '@leitstand/plugin-operations-common';

/** Where a person is on the way from saying what they want to a run. The run's own way is the run's state. */
export type OperationSession =
  | { phase: 'input' }
  | { phase: 'planning' }
  | { phase: 'plan-failed'; error: unknown }
  | {
      phase: 'planned';
      plan: Plan;
      /** One a plan: a second click and a retry after a cut connection are the same run. */
      idempotencyKey: string;
      isStarting: boolean;
      startError?: unknown;
    }
  | { phase: 'started'; run: Run };

/** What moves an {@link OperationSession} on. */
export type OperationSessionEvent =
  | { type: 'input-requested' }
  | { type: 'plan-requested' }
  | { type: 'plan-received'; plan: Plan; idempotencyKey: string }
  | { type: 'plan-failed'; error: unknown }
  | { type: 'start-requested' }
  | { type: 'start-failed'; error: unknown }
  | { type: 'started'; run: Run };

/** The next state; an event that does not fit the phase (a late answer) changes nothing. */
export function nextSession(session: OperationSession, event: OperationSessionEvent): OperationSession {
  switch (event.type) {
    case 'input-requested':
      return session.phase === 'started' ? session : { phase: 'input' };
    case 'plan-requested':
      return { phase: 'planning' };
    case 'plan-received':
      if (session.phase !== 'planning') return session;
      return { phase: 'planned', plan: event.plan, idempotencyKey: event.idempotencyKey, isStarting: false };
    case 'plan-failed':
      return session.phase === 'planning' ? { phase: 'plan-failed', error: event.error } : session;
    case 'start-requested':
      return session.phase === 'planned' ? { ...session, isStarting: true, startError: undefined } : session;
    case 'start-failed':
      return session.phase === 'planned' ? { ...session, isStarting: false, startError: event.error } : session;
    case 'started':
      return session.phase === 'planned' ? { phase: 'started', run: event.run } : session;
    default:
      throw new Error(`Unknown event ${JSON.stringify(event satisfies never)}`);
  }
}
