import type { Entity } from '@backstage/catalog-model';
import { createPermission } from '@backstage/plugin-permission-common';
import { UpstreamError } from '@leitstand/plugin-kit-common';
import { RESOURCE_TYPE_OPERATION_PLAN } from '@leitstand/plugin-operations-common';
import { defineOperation, secretReferenceSchema, type OperationStep } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';

const inputSchema = z.object({
  /** Fails in its last step, so that all others are taken back. */
  fails: z.boolean().default(false),
  /** How many looks the wait takes. */
  looks: z.number().default(2),
  waitTimeoutMs: z.number().default(60_000),
  /** Asks for a secret in its first step. */
  secret: secretReferenceSchema.optional(),
});

/** What {@link tallyOperation} can be asked for: each entity is a target of its own. */
export const tallyEntities: Entity[] = Array.from({ length: 100 }, (_, number) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: `tally-${number}`, namespace: 'default' },
  spec: { type: 'tally', lifecycle: 'production', owner: 'testers' },
}));

/** What a {@link tallyOperation} can be asked for. */
export type TallyInput = z.input<typeof inputSchema>;

async function call(method: 'GET' | 'POST', url: string, signal: AbortSignal): Promise<number> {
  const options = { system: 'tallies', operation: method };
  const response = await fetch(url, { method, signal }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new UpstreamError('The tallies do not answer', { ...options, code: 'UPSTREAM_UNREACHABLE', cause });
  });
  const body = (await response.json()) as number;
  if (response.ok) return body;
  throw new UpstreamError('The tallies failed', { ...options, code: 'UPSTREAM_FAILED' });
}

/**
 * Counts at a {@link TallyServer}: `<run>/one`, `<run>/two`, then waits for some looks, then counts `<run>/three`. The first
 * two are taken back by counting `<run>/undo-one` and `<run>/undo-two`, the third cannot be.
 */
export function tallyOperation(baseUrl: string) {
  return defineOperation({
    id: 'tallies-count',
    title: 'Count',
    description: 'Counts.',
    permission: createPermission({
      name: 'tallies.count',
      attributes: { action: 'update' },
      resourceType: RESOURCE_TYPE_OPERATION_PLAN,
    }),
    input: inputSchema,
    basis: z.object({}),
    appliesTo: () => true,
    resolve: async ({ entityRef }) => ({
      target: { system: 'tallies', kind: 'Tally', name: entityRef },
      ...{ claimedEntityRef: entityRef, claimedOwner: 'testers' },
    }),
    plan: async () => ({ summary: 'Count', changes: [], undo: { isPossible: false, note: '' }, basis: {} }),
    async apply({ runId, input, step, wait, secret }) {
      const urlOf = (key: string) => `${baseUrl}/${runId}/${key}`;
      const isCounted = async (key: string, signal: AbortSignal) => (await call('GET', urlOf(key), signal)) > 0;
      const counting = (key: string): OperationStep<number> => ({
        title: `Count ${key}`,
        async do({ signal, progress }) {
          progress(`Counting ${key}`);
          return call('POST', urlOf(key), signal);
        },
        confirm: async ({ signal }) => ((await isCounted(key, signal)) ? { output: 1 } : 'not-done'),
      });
      const reversible = (key: string): OperationStep<number> => ({
        ...counting(key),
        compensate: {
          title: `Uncount ${key}`,
          do: async (_output, { signal }) => void (await call('POST', urlOf(`undo-${key}`), signal)),
          confirm: async (_output, { signal }) => ((await isCounted(`undo-${key}`, signal)) ? 'done' : 'not-done'),
        },
      });
      const one = await step('one', {
        ...reversible('one'),
        ...(input.secret && { title: `Count with ${secret(input.secret).length} letters` }),
      });
      const two = await step('two', reversible('two'));
      await wait('settle', {
        title: 'Wait until it settles',
        everyMs: 20,
        timeoutMs: input.waitTimeoutMs,
        look: async ({ signal, progress }) => {
          const count = await call('POST', urlOf('looks'), signal);
          progress(`${count} looks`);
          return count >= input.looks ? { done: count } : 'not-yet';
        },
        cancel: async ({ signal }) => void (await call('POST', urlOf('stopped'), signal)),
      });
      if (input.fails)
        throw new UpstreamError('The third is broken', {
          system: 'tallies',
          operation: 'count',
          code: 'UPSTREAM_FAILED',
        });
      const three = await step('three', counting('three'));
      return { result: `Counted ${one + two + three}`, output: { three } };
    },
  });
}
