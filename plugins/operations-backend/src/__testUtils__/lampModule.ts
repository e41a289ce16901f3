import { createBackendModule, type BackendFeature } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { createPermission } from '@backstage/plugin-permission-common';
import { UpstreamError, withCode } from '@leitstand/plugin-kit-common';
import { RESOURCE_TYPE_OPERATION_PLAN } from '@leitstand/plugin-operations-common';
import { defineOperation, operationsExtensionPoint, secretReferenceSchema } from '@leitstand/plugin-operations-node';
import { z } from 'zod/v3';
import type { Lamp, LampServer } from './LampServer';

/** Names the lamp behind an entity. */
export const lampAnnotation = 'example.com/lamp';

/** What may be asked of the policy. */
export const lampSwitchPermission = createPermission({
  name: 'lamps.switch',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_OPERATION_PLAN,
});

const lampInstallPermission = createPermission({
  name: 'lamps.install',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_OPERATION_PLAN,
});

async function call(server: LampServer, name: string, init: RequestInit): Promise<Lamp> {
  const options = { system: 'lamps', operation: `${init.method ?? 'GET'} lamp` };
  const response = await fetch(`${server.url}/lamps/${name}`, init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new UpstreamError('The lamps do not answer', { ...options, code: 'UPSTREAM_UNREACHABLE', cause });
  });
  if (response.status === 412) {
    throw withCode(new ConflictError('The lamp has been switched since the plan was made'), 'PLAN_STALE');
  }
  if (!response.ok) {
    const cause = new Error(await response.text());
    throw new UpstreamError('The lamps failed', { ...options, code: 'UPSTREAM_FAILED', upstreamStatus: 500, cause });
  }
  return (await response.json()) as Lamp;
}

/** An operation that switches a real (if small) thing in two steps. */
export function lampSwitch(server: LampServer) {
  return defineOperation({
    id: 'lamps-switch',
    title: 'Switch lamp',
    description: 'Switches a lamp on or off.',
    permission: lampSwitchPermission,
    input: z.object({
      state: z.enum(['on', 'off']),
      fault: z.enum(['throw', 'ignore-signal']).optional(),
      replicas: z.number().optional(),
      /** Opens what the lamp is locked with. */
      key: secretReferenceSchema.optional(),
      /** As long as one likes. */
      manual: z.string().optional(),
    }),
    basis: z.object({ generation: z.number() }),
    appliesTo: entity => entity.metadata.annotations?.[lampAnnotation] !== undefined,
    async resolve({ entity, signal }) {
      const name = entity?.metadata.annotations?.[lampAnnotation] ?? '';
      if (name === 'explosive') throw new Error('password=hunter2 is in this message');
      if (name === '') throw new InputError('The annotation names no lamp');
      const { entityRef } = await call(server, name, { signal });
      const target = { system: 'lamps', cluster: 'house', namespace: name.split('-')[0], kind: 'Lamp', name };
      return { target, claimedEntityRef: entityRef };
    },
    async plan({ resolved, input, signal }) {
      const lamp = await call(server, resolved.target.name, { signal });
      if (lamp.state === input.state) {
        throw withCode(new ConflictError(`The lamp is ${lamp.state} already`), 'NOTHING_TO_CHANGE');
      }
      return {
        summary: `Switch ${resolved.target.name} ${input.state}`,
        changes: [{ label: 'state', before: lamp.state, after: input.state }],
        undo: { isPossible: true, note: 'Switch it back' },
        basis: { generation: lamp.generation },
      };
    },
    async apply({ target, input, basis, signal, step, secret }) {
      const { name } = target;
      const generation = await step('switch', {
        title: 'Switch',
        async do({ progress }) {
          progress('Reaching for the switch');
          if (input.fault === 'throw') throw new Error('password=hunter2', { cause: new Error('token=abc') });
          const headers = {
            ...{ 'If-Match': String(basis.generation), 'X-State': input.state },
            ...(input.key && { 'X-Key': secret(input.key) }),
          };
          const init = { method: 'PUT', headers, ...(input.fault === 'ignore-signal' ? {} : { signal }) };
          return (await call(server, name, init)).generation;
        },
        async confirm(context) {
          const lamp = await call(server, name, { signal: context.signal });
          if (lamp.generation === basis.generation) return 'not-done';
          return lamp.generation === basis.generation + 1 ? { output: lamp.generation } : 'unknown';
        },
      });
      await step('look', {
        title: 'Look whether there is light',
        do: async () => {
          await call(server, name, { signal });
        },
        confirm: async () => 'not-done',
      });
      return `${name} is ${input.state} in generation ${generation}`;
    },
    undo: async ({ input }) => ({
      operation: 'lamps-switch',
      input: { ...input, state: input.state === 'on' ? 'off' : 'on' },
    }),
  });
}

/** An operation that makes something that has no entity yet. */
function lampInstall(server: LampServer) {
  return defineOperation({
    id: 'lamps-install',
    title: 'Install lamp',
    description: 'Puts a lamp into a room.',
    subject: 'create',
    permission: lampInstallPermission,
    input: z.object({ room: z.string() }),
    basis: z.object({}),
    appliesTo: () => false,
    async resolve({ entity, entityRef, input }) {
      if (entity) throw new Error('The entity cannot be there');
      const name = entityRef.split('/')[1];
      return { target: { system: 'lamps', cluster: 'house', namespace: input?.room, kind: 'Lamp', name } };
    },
    async plan({ resolved }) {
      return {
        summary: `Install ${resolved.target.name}`,
        changes: [],
        undo: { isPossible: false, note: 'Somebody has to take it down.' },
        basis: {},
      };
    },
    async apply({ target, step }) {
      await step('install', {
        title: 'Install',
        do: async () => void server.lamps.set(target.name, { state: 'off', generation: 1 }),
        confirm: async () => (server.lamps.has(target.name) ? 'done' : 'not-done'),
      });
      return { result: `${target.name} is there`, output: { lamp: target.name } };
    },
  });
}

/** The operations as a module of the plugin `operations`. */
export function lampModule(server: LampServer): BackendFeature {
  return createBackendModule({
    pluginId: 'operations',
    moduleId: 'lamps',
    register(env) {
      env.registerInit({
        deps: { operations: operationsExtensionPoint },
        async init({ operations }) {
          operations.addOperation(lampSwitch(server));
          operations.addOperation(lampInstall(server));
        },
      });
    },
  });
}
