import type bigquery from '@google-cloud/bigquery/build/src/types';
import {
  setExpirationInputSchema,
  setExpirationPermission,
  setLabelsInputSchema,
  setLabelsPermission,
} from '@leitstand/plugin-ml-models-common';
import type { JsonValue } from '@leitstand/plugin-operations-node';
import type { ModelPatch } from './patchModelOperation';

/** Labels with this beginning are the portal's own; people neither see nor change them here. */
const ownPrefix = 'leitstand';

/** Labels as they shall be. A label that goes is null in the request. */
export const setLabelsPatch: ModelPatch<typeof setLabelsInputSchema> = {
  id: 'ml-models-set-labels',
  title: 'Set labels',
  description: 'Changes the labels of the model.',
  permission: setLabelsPermission,
  input: setLabelsInputSchema,
  summary: 'Set the labels of',
  bodyOf({ labels }, model) {
    const gone = Object.keys(peoplesOf(model)).filter(name => !Object.hasOwn(labels, name));
    const wanted = Object.entries(labels).filter(([name]) => !name.startsWith(ownPrefix));
    const kept = Object.entries(model.labels ?? {}).filter(([name]) => name.startsWith(ownPrefix));
    const entries: Array<[string, string | null]> = [
      ...kept,
      ...wanted,
      ...gone.map(name => [name, null] as [string, null]),
    ];
    return { labels: Object.fromEntries(entries) };
  },
  valueOf: model => ({ labels: model.labels ?? {} }),
  changesOf(before, body) {
    const old = before.labels ?? {};
    return Object.entries(body.labels as Record<string, string | null>)
      .filter(([name, value]) => (old[name] ?? null) !== value)
      .map(([name, value]) => ({ label: `label ${name}`, before: old[name] ?? null, after: value }));
  },
  inputOf: ({ labels }) => ({ labels: withoutOwn(labels as Record<string, string>) }),
};

/** When the model goes by itself; null keeps it for good, which is 0 in the request. */
export const setExpirationPatch: ModelPatch<typeof setExpirationInputSchema> = {
  id: 'ml-models-set-expiration',
  title: 'Set expiration',
  description: 'Says when BigQuery deletes the model by itself, or that it never does.',
  permission: setExpirationPermission,
  input: setExpirationInputSchema,
  summary: 'Set the expiration of',
  bodyOf: ({ expiresAt }) => ({ expirationTime: expiresAt === null ? '0' : String(Date.parse(expiresAt)) }),
  valueOf: model => ({ expirationTime: model.expirationTime ?? '0' }),
  changesOf(before, { expirationTime }) {
    const old = wordsOf(before.expirationTime ?? '0');
    const next = wordsOf(String(expirationTime));
    return old === next ? [] : [{ label: 'expires', before: old, after: next }];
  },
  inputOf: ({ expirationTime }) => ({
    expiresAt: expirationTime === '0' ? null : new Date(Number(expirationTime)).toISOString(),
  }),
};

function wordsOf(expirationTime: string): string {
  return expirationTime === '0' ? 'never' : new Date(Number(expirationTime)).toISOString();
}

function peoplesOf({ labels = {} }: bigquery.IModel): Record<string, string> {
  return withoutOwn(labels);
}

function withoutOwn(labels: Record<string, string>): Record<string, JsonValue & string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith(ownPrefix)));
}
