import { authorize, safeError } from '@leitstand/plugin-kit-node';
import {
  availableOperationSchema,
  entityRefSchema,
  operationsReadPermission,
} from '@leitstand/plugin-operations-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { z } from 'zod/v3';
import { audited } from '../../audit';
import type { Caller } from '../../services/Caller';
import { toolCaller } from './toolCaller';
import type { ToolOptions } from './ToolOptions';
import { toolRunSchema, toToolRun } from './toolSchemas';

/** How long upstreams may take to say whose their things are, in milliseconds. */
const availabilityTimeoutMs = 30_000;

const runInput = z.object({ runId: z.string().uuid() });

/** `list-available`, `get-run` and `cancel-run`. */
export function registerRunTools(options: ToolOptions): void {
  registerListAvailable(options);
  registerGetRun(options);
  registerCancelRun(options);
}

function registerListAvailable(options: ToolOptions): void {
  options.actionsRegistry.register({
    name: 'list-available',
    title: 'List available operations',
    description: 'Says which operations there are for an entity, and why those that are not available to you are not.',
    attributes: { readOnly: true },
    schema: {
      input: () => z.object({ entityRef: entityRefSchema.describe('For example component:default/shop') }),
      output: () => z.object({ items: z.array(availableOperationSchema) }),
    },
    action: ({ input, credentials }) =>
      answer(options, credentials, async caller => {
        await authorize(options.permissions, operationsReadPermission, credentials);
        const signal = AbortSignal.timeout(availabilityTimeoutMs);
        return { items: await options.availability.list({ ...input, caller, signal }) };
      }),
  });
}

function registerGetRun(options: ToolOptions): void {
  options.actionsRegistry.register({
    name: 'get-run',
    title: 'Get run',
    description: 'Says how far a run is, what it waits for and what came of it.',
    attributes: { readOnly: true },
    schema: { input: () => runInput, output: () => toolRunSchema },
    action: ({ input, credentials }) =>
      answer(options, credentials, async () => {
        await authorize(options.permissions, operationsReadPermission, credentials);
        const run = await options.runService.get(input.runId);
        return toToolRun(run, options.linkTo(run.id));
      }),
  });
}

function registerCancelRun(options: ToolOptions): void {
  options.actionsRegistry.register({
    name: 'cancel-run',
    title: 'Cancel run',
    description: 'Asks a run to stop. What it has done is taken back where its operation can.',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    schema: { input: () => runInput, output: () => toolRunSchema },
    action: ({ input, credentials }) =>
      answer(options, credentials, async caller => {
        const cancelled = await audited(options.auditor, {
          eventId: 'run-cancel',
          severityLevel: 'medium',
          meta: { runId: input.runId, cancelledBy: caller.requester, face: caller.face },
          act: () => options.runService.cancel(input.runId, caller),
          metaOf: run => ({ requester: run.requester, operation: run.operation, entityRef: run.entityRef }),
        });
        return toToolRun(cancelled, options.linkTo(cancelled.id));
      }),
  });
}

/** Only people and mapped programs; no raw error leaves. */
async function answer<T>(
  options: ToolOptions,
  credentials: BackstageCredentials,
  act: (caller: Caller) => Promise<T>,
): Promise<{ output: T }> {
  try {
    return { output: await act(toolCaller(options.callers, credentials)) };
  } catch (error) {
    throw safeError(error);
  }
}
