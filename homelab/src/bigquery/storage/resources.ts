import type { TrainedModel } from '../ml';
import { BigQueryError, type DatasetName, type Field, type ResourceName } from '../model';

/** What requests may set on a dataset, a table or a model; the texts are those of the API (`int64` as decimal string). */
export interface ResourceSettings {
  friendlyName?: string;
  description?: string;
  labels?: Record<string, string>;
  /** Of tables and models: milliseconds since the epoch. */
  expirationTime?: string;
  /** Of datasets. */
  defaultTableExpirationMs?: string;
}

interface Resource {
  settings: ResourceSettings;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

export interface DatasetResource extends Resource {
  name: DatasetName;
  /** Upper case for multi-regions. */
  location: string;
}

export interface TableResource extends Resource {
  name: ResourceName;
  fields: Field[];
  /** Grows with each change of its rows. */
  version: number;
}

export interface ModelResource extends Resource {
  name: ResourceName;
  trained: TrainedModel;
}

/** `project:dataset` or `project:dataset.name`, as in messages and ids. */
export function idOf(name: DatasetName | ResourceName): string {
  const dataset = `${name.project}:${name.dataset}`;
  return 'name' in name ? `${dataset}.${name.name}` : dataset;
}

/** @param kind - `Dataset`, `Table`, `Model` or `Job` */
export function notFound(kind: string, id: string): BigQueryError {
  return new BigQueryError(`Not found: ${kind} ${id}`, { status: 404, reason: 'notFound' });
}

/** @param kind - `Dataset`, `Table`, `Model` or `Job` */
export function alreadyExists(kind: string, id: string): BigQueryError {
  return new BigQueryError(`Already Exists: ${kind} ${id}`, { status: 409, reason: 'duplicate' });
}

const texts = ['friendlyName', 'description'] as const;
const int64s = ['expirationTime', 'defaultTableExpirationMs'] as const;

function invalid(message: string): BigQueryError {
  return new BigQueryError(message, { reason: 'invalid' });
}

/** Keys and values of labels: https://cloud.google.com/bigquery/docs/labels-intro#requirements */
function checkLabel(key: string, value: string): void {
  const isKey = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key);
  if (!isKey) throw invalid(`Label key "${key}" has invalid characters or is too long.`);
  const isValue = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value);
  if (!isValue) throw invalid(`Label value "${value}" has invalid characters or is too long.`);
}

function mergeLabels(before: Record<string, string> | undefined, change: unknown): Record<string, string> | undefined {
  if (change === null) return undefined;
  const merged = { ...before };
  for (const [key, value] of Object.entries(change as Record<string, unknown>)) {
    if (value === null) {
      delete merged[key];
    } else {
      checkLabel(key, String(value));
      merged[key] = String(value);
    }
  }
  return Object.keys(merged).length > 0 ? merged : undefined;
}

/**
 * Settings after a change as `patch` sends it: what is left out stays, null takes away, labels are merged.
 * @throws BigQueryError `invalid`
 */
export function changeSettings(before: ResourceSettings, change: Record<string, unknown>): ResourceSettings {
  const after: ResourceSettings = { ...before };
  for (const name of [...texts, ...int64s]) {
    const value = change[name];
    if (value === undefined) continue;
    const isNumber = (int64s as readonly string[]).includes(name);
    if (isNumber && value !== null && !/^\d+$/.test(String(value))) throw invalid(`Invalid value for: ${name}`);
    // A date of 0 takes the expiration away as well.
    after[name] = value === null || (isNumber && String(value) === '0') ? undefined : String(value);
  }
  if (change.labels !== undefined) after.labels = mergeLabels(before.labels, change.labels);
  return JSON.parse(JSON.stringify(after)) as ResourceSettings;
}
