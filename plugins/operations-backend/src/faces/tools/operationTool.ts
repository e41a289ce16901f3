import { InputError } from '@backstage/errors';
import { safeError } from '@leitstand/plugin-kit-node';
import { entityRefSchema, noteSchema } from '@leitstand/plugin-operations-common';
import type { Operation } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import { audited } from '../../audit';
import type { Caller } from '../../services/Caller';
import { toolCaller } from './toolCaller';
import type { ToolOptions } from './ToolOptions';
import { toolPlanSchema, toolRunSchema, toToolPlan, toToolRun, type ToolPlan, type ToolRun } from './toolSchemas';

/** How long an upstream may take to say what would change, in milliseconds. */
const planTimeoutMs = 60_000;

/** One operation as one tool with two modes: first plan, then run what was planned. */
export function registerOperationTool(operation: Operation, options: ToolOptions): void {
  const { actionsRegistry, callers } = options;
  actionsRegistry.register({
    name: operation.id,
    title: operation.title,
    description: describe(operation),
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: {
      input: () => toolInputSchema(operation),
      output: () => z.object({ plan: toolPlanSchema.optional(), run: toolRunSchema.optional() }),
    },
    async action({ input, credentials }) {
      try {
        const caller = toolCaller(callers, credentials);
        if (input.mode === 'plan') return { output: { plan: await plan(operation, { input, caller, options }) } };
        return { output: { run: await run({ input, caller, options }) } };
      } catch (error) {
        throw safeError(error);
      }
    },
  });
}

function describe({ description, subject }: Operation): string {
  const what =
    subject === 'create' ? 'entityRef is the reference of the entity that will be.' : 'entityRef names the entity.';
  return `${description} Goes in two calls: mode "plan" with entityRef and input says what would change and changes nothing; mode "run" with the plan's id asks for it and answers at once. A person may have to say yes in the portal first; get-run tells what came of it. ${what}`;
}

function toolInputSchema(operation: Operation) {
  return z.object({
    mode: z.enum(['plan', 'run']).describe('plan: find out what would change. run: ask for what was planned.'),
    entityRef: entityRefSchema.optional().describe('For plan: for example component:default/shop'),
    input: operation.input.optional().describe('For plan: what the operation asks for'),
    planId: z.string().uuid().optional().describe('For run: id of the plan'),
    reason: noteSchema.optional().describe("For run: why; needed where the plan's requirements say so"),
  });
}

interface ToolCall {
  input: z.infer<ReturnType<typeof toolInputSchema>>;
  caller: Caller;
  options: ToolOptions;
}

async function plan(operation: Operation, { input, caller, options }: ToolCall): Promise<ToolPlan> {
  const { entityRef } = input;
  if (entityRef === undefined) throw new InputError('Mode plan needs entityRef');
  const made = await audited(options.auditor, {
    eventId: 'plan-create',
    severityLevel: 'low',
    meta: { operation: operation.id, entityRef, requester: caller.requester, face: caller.face },
    act: () =>
      options.planService.create({
        ...{ operation: operation.id, entityRef, caller },
        input: (input.input ?? {}) as Record<string, unknown>,
        signal: AbortSignal.timeout(planTimeoutMs),
      }),
    metaOf: ({ id }) => ({ planId: id }),
  });
  return toToolPlan(made);
}

/** A plan is run once, so asking twice gives the same run. */
async function run({ input, caller, options }: ToolCall): Promise<ToolRun> {
  const { planId, reason } = input;
  if (planId === undefined) throw new InputError('Mode run needs planId');
  const started = await audited(options.auditor, {
    eventId: 'run-start',
    severityLevel: 'medium',
    meta: { planId, requester: caller.requester, face: caller.face },
    act: () =>
      options.runService.create({ planId, reason, idempotencyKey: `tool-${planId}`, breakGlass: false, caller }),
    metaOf: ({ id, operation, entityRef }) => ({ runId: id, operation, entityRef }),
  });
  return toToolRun(started, options.linkTo(started.id));
}
