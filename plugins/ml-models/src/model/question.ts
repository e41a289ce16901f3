import type { Column, FeatureValue } from '@leitstand/plugin-ml-models-common';
import { readFeatureValue, writeFeatureValue } from './featureValue';
import { readTable, type ReadTable } from './readTable';

/** What the fields of the Predict page hold; all of it is in the page's address. */
export interface Question {
  /** One row from a form, or many from a table. */
  mode: 'one' | 'many';
  /** By feature, as typed. */
  values: Record<string, string>;
  /** Pasted rows: comma, semicolon or tab between the cells. */
  table: string;
  isExplained: boolean;
  /** Of a binary classifier; undefined: the model's. */
  threshold?: number;
}

/** Longer tables do not fit into an address that browsers and proxies pass on. */
export const maxTableInAddress = 4_000;

const valuePrefix = 'f.';

export const questionFormat = {
  parse(params: URLSearchParams): Question {
    const threshold = Number(params.get('threshold') ?? Number.NaN);
    return {
      mode: params.get('rows') === 'many' ? 'many' : 'one',
      values: Object.fromEntries(
        [...params]
          .filter(([name]) => name.startsWith(valuePrefix))
          .map(([name, value]) => [name.slice(valuePrefix.length), value]),
      ),
      table: params.get('table') ?? '',
      isExplained: params.get('explain') === 'true',
      threshold: threshold >= 0 && threshold <= 1 ? threshold : undefined,
    };
  },
  format({ mode, values, table, isExplained, threshold }: Question): URLSearchParams {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) if (value !== '') params.set(valuePrefix + name, value);
    if (mode === 'many') params.set('rows', 'many');
    if (table !== '' && table.length <= maxTableInAddress) params.set('table', table);
    if (isExplained) params.set('explain', 'true');
    if (threshold !== undefined) params.set('threshold', String(threshold));
    return params;
  },
};

/** One row of the question as the route takes it; undefined while a field holds what is no value of its type. */
export function readRow(
  values: Record<string, string>,
  features: readonly Column[],
): Record<string, FeatureValue> | undefined {
  const entries = features.map(({ name, type }) => [name, readFeatureValue(values[name] ?? '', type)] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  const row = Object.fromEntries(entries) as Record<string, FeatureValue>;
  return Object.values(row).every(value => value === null) ? undefined : row;
}

/** What a question asks. */
export interface ReadQuestion {
  /** Undefined: it cannot be asked like this. */
  rows: Array<Record<string, FeatureValue>> | undefined;
  /** Of many rows: what was read, with its faults. */
  table?: ReadTable;
}

/** Reads what the fields hold, by the model's features. */
export function readQuestion(question: Question, features: readonly Column[]): ReadQuestion {
  if (question.mode === 'one') {
    const row = readRow(question.values, features);
    return { rows: row && [row] };
  }
  const table = readTable(question.table, features);
  const isWhole = table.rows.length > 0 && table.faultCount === 0 && table.problem === undefined;
  return { rows: isWhole ? table.rows.map(({ values }) => values) : undefined, table };
}

/** The question that asks for given rows again. */
export function questionOf(rows: Array<Record<string, FeatureValue>>, features: readonly Column[]): Partial<Question> {
  if (rows.length === 1) {
    const values = features.map(({ name }) => [name, writeFeatureValue(rows[0][name])]);
    return { mode: 'one', values: Object.fromEntries(values) };
  }
  const lines = rows.map(row => features.map(({ name }) => quoted(writeFeatureValue(row[name]))).join(','));
  return { mode: 'many', table: [features.map(({ name }) => name).join(','), ...lines].join('\n') };
}

function quoted(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
