import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { errorCodeOf } from '@leitstand/plugin-kit-common';
import type { DoorAccess } from '../DoorAccess';
import { TemplateRun, toStepError } from '../TemplateRun';
import { examples } from './run.examples';

/** `operations:run`: an operation as a step of a template. */
export function createRunAction(door: DoorAccess) {
  return createTemplateAction({
    id: 'operations:run',
    description:
      'Runs an operation through the door, in the name of whoever started the task, and waits for its end: for an approval and the end of a freeze too. A dry run shows what would change.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        operation: z => z.string().min(1).max(100).describe('Id of the operation, for example `rollouts-restart`'),
        entityRef: z =>
          z.string().describe('Full reference of the entity; of an operation that makes something, of what it will be'),
        input: z => z.record(z.unknown()).optional().describe('What the operation asks for'),
        reason: z => z.string().max(1000).optional().describe('Why; some environments ask for it'),
      },
      output: {
        runId: z => z.string().optional().describe('The run; left out where there was nothing to change'),
        planId: z => z.string().optional().describe('Its plan'),
        result: z => z.string().optional().describe('What came of it, in a sentence'),
        output: z => z.record(z.unknown()).optional().describe('Names of what was made, as the operation says'),
      },
    },
    async handler(ctx) {
      const { operation, entityRef, reason } = ctx.input;
      const input = ctx.input.input ?? {};
      const run = new TemplateRun(ctx, door);
      const plan = () =>
        door.as(() => ctx.getInitiatorCredentials()).plan({ operation, entityRef, input }, { signal: ctx.signal });
      try {
        if (ctx.isDryRun) {
          ctx.output('planId', (await run.show(plan)).id);
          return;
        }
        const outcome = await run.complete(plan, reason);
        ctx.output('planId', outcome.planId);
        ctx.output('runId', outcome.runId);
        ctx.output('result', outcome.result);
        ctx.output('output', outcome.output as Record<string, unknown>);
      } catch (error) {
        if (errorCodeOf(error) !== 'NOTHING_TO_CHANGE') throw toStepError(error);
        ctx.logger.info((toStepError(error) as Error).message);
      }
    },
  });
}
