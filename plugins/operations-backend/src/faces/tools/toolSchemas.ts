import { planSchema, runSchema, type Plan, type Run } from '@leitstand/plugin-operations-common';
import { z } from 'zod/v3';

/** What a tool is told of a plan: without the documents, which may be long. */
export const toolPlanSchema = planSchema
  .pick({
    ...{ id: true, summary: true, entityRef: true, target: true, environment: true, changes: true, warnings: true },
    ...{ undo: true, requirements: true, freezes: true, expiresAt: true },
  })
  .describe('What would change. Run it by its id, before it expires.');
export type ToolPlan = z.infer<typeof toolPlanSchema>;

/** What a tool is told of a run. */
export const toolRunSchema = runSchema
  .pick({
    ...{ id: true, operation: true, summary: true, entityRef: true, requester: true, state: true, steps: true },
    ...{ result: true, output: true, error: true, undo: true },
  })
  .extend({
    waitsFor: z.string().optional().describe('What has to happen before the run goes on; tell the person'),
    link: z.string().describe("The run's page in the portal, where a person says yes or no and can stop it"),
  });
export type ToolRun = z.infer<typeof toolRunSchema>;

export function toToolPlan(plan: Plan): ToolPlan {
  return toolPlanSchema.parse(plan);
}

export function toToolRun(run: Run, link: string): ToolRun {
  return toolRunSchema.parse({ ...run, waitsFor: waitOf(run, link), link });
}

function waitOf({ state, approval, heldBy, waitsFor }: Run, link: string): string | undefined {
  if (state === 'awaiting-approval' && approval) {
    const who =
      approval.kind === 'confirmation'
        ? 'A person who may run this, such as the one in whose name it was asked for,'
        : `One of ${approval.approvers.join(', ')}, who is not the requester,`;
    return `${who} has to say yes at ${link} until ${approval.expiresAt}. Ask for that, then look again with get-run.`;
  }
  if (state === 'held') {
    return `A freeze is on (${heldBy.map(({ reason }) => reason).join('; ')}). The run goes on when it is over.`;
  }
  return waitsFor === undefined ? undefined : `Another run, ${waitsFor}, has the same target and has to end first.`;
}
