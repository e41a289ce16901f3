import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import type { DoorAccess } from '../DoorAccess';
import { TemplateRun, toStepError } from '../TemplateRun';

/** `operations:undo`: takes back what an earlier step did; for steps with `if: ${{ failure() and … }}`. */
export function createUndoAction(door: DoorAccess) {
  return createTemplateAction({
    id: 'operations:undo',
    description:
      'Takes a run back through the door: what that needs is planned afresh and run. Where nothing is left of the run, it says so and does nothing. A dry run does nothing.',
    supportsDryRun: true,
    schema: {
      input: {
        runId: z => z.string().uuid().describe('Output `runId` of an earlier step'),
        reason: z => z.string().max(1000).optional().describe('Why; some environments ask for it'),
      },
      output: {
        runId: z => z.string().optional().describe('The run that took it back; left out where nothing was to do'),
        result: z => z.string().optional().describe('What came of it, in a sentence'),
      },
    },
    async handler(ctx) {
      if (ctx.isDryRun) return;
      const { runId, reason } = ctx.input;
      const client = door.as(() => ctx.getInitiatorCredentials());
      const plan = () => client.planUndo(runId, { signal: ctx.signal });
      try {
        const outcome = await new TemplateRun(ctx, door).complete(plan, reason);
        ctx.output('runId', outcome.runId);
        ctx.output('result', outcome.result);
      } catch (error) {
        const { state, undoneBy } = await door.asReader().getRun(runId);
        const isGone = state !== 'succeeded' || undoneBy !== undefined;
        if (errorCodeOf(error) !== 'RUN_NOT_UNDOABLE' || !isGone) throw toStepError(error);
        ctx.logger.info((toStepError(error) as Error).message);
      }
    },
  });
}
