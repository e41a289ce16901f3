import { nextSession, type OperationSession } from './operationSession';
import { planOf, runOf } from '../testUtils';

const plan = planOf();
const planned: OperationSession = { phase: 'planned', plan, idempotencyKey: 'key', isStarting: false };

describe('nextSession', () => {
  it('goes from planning over a plan to a run', () => {
    const run = runOf();
    let session: OperationSession = { phase: 'planning' };
    session = nextSession(session, { type: 'plan-received', plan, idempotencyKey: 'key' });
    expect(session).toEqual(planned);
    session = nextSession(session, { type: 'start-requested' });
    expect(session).toEqual({ ...planned, isStarting: true });
    expect(nextSession(session, { type: 'started', run })).toEqual({ phase: 'started', run });
  });

  it('keeps plan and key when the start fails, so that a retry is the same run', () => {
    const error = new Error('cut');
    const failed = nextSession({ ...planned, isStarting: true }, { type: 'start-failed', error });
    expect(failed).toEqual({ ...planned, startError: error });
    expect(nextSession(failed, { type: 'start-requested' })).toEqual({ ...planned, isStarting: true });
  });

  it('asks for a new plan from anywhere', () => {
    expect(nextSession(planned, { type: 'plan-requested' })).toEqual({ phase: 'planning' });
  });

  it('ignores answers that come too late', () => {
    const started: OperationSession = { phase: 'started', run: runOf() };
    expect(nextSession(started, { type: 'plan-received', plan, idempotencyKey: 'key' })).toBe(started);
    expect(nextSession(planned, { type: 'plan-failed', error: new Error('late') })).toBe(planned);
    expect(nextSession({ phase: 'planning' }, { type: 'start-requested' })).toEqual({ phase: 'planning' });
  });
});
