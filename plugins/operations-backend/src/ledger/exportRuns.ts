import type { Run } from '@leitstand/plugin-operations-common';

/** In which form the ledger is handed out. */
export interface ExportFormat {
  contentType: string;
  fileName: string;
  /** Text of the whole export, in pieces. */
  write(pages: AsyncIterable<readonly Run[]>): AsyncGenerator<string>;
}

type Cell = string | undefined;

/** The columns of the table, in order. */
const columns: Record<string, (run: Run) => Cell> = {
  id: run => run.id,
  created_at: run => run.createdAt,
  started_at: run => run.startedAt,
  finished_at: run => run.finishedAt,
  state: run => run.state,
  operation: run => run.operation,
  title: run => run.title,
  summary: run => run.summary,
  entity_ref: run => run.entityRef,
  system: run => run.target.system,
  cluster: run => run.target.cluster,
  namespace: run => run.target.namespace,
  project: run => run.target.project,
  dataset: run => run.target.dataset,
  target_kind: run => run.target.kind,
  target_name: run => run.target.name,
  environment: run => run.environment,
  requester: run => run.requester,
  face: run => run.face,
  reason: run => run.reason,
  changes: run => run.changes.map(({ label, before, after }) => `${label}: ${before} → ${after}`).join('\n'),
  approval: run => run.approval?.state,
  decided_by: run => run.approval?.decidedBy,
  comment: run => run.approval?.comment,
  break_glass_by: run => run.breakGlass?.by,
  break_glass_reason: run => run.breakGlass?.reason,
  undoes: run => run.undoes,
  undone_by: run => run.undoneBy,
  result: run => run.result,
  error_code: run => run.error?.code,
  error: run => run.error?.message,
  task_id: run => run.taskId,
};

/** Without it Excel takes UTF-8 for the code page of the country, and an umlaut for two characters. */
const byteOrderMark = '\uFEFF';

/** Forms of the export by their name in the query. */
export const exportFormats: Record<'csv' | 'jsonl', ExportFormat> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    fileName: 'activity.csv',
    async *write(pages) {
      yield byteOrderMark + lineOf(Object.keys(columns));
      const cells = Object.values(columns);
      for await (const runs of pages) yield runs.map(run => lineOf(cells.map(cell => cell(run)))).join('');
    },
  },
  jsonl: {
    contentType: 'application/jsonl; charset=utf-8',
    fileName: 'activity.jsonl',
    async *write(pages) {
      for await (const runs of pages) yield runs.map(run => `${JSON.stringify(run)}\n`).join('');
    },
  },
};

/** One record of RFC 4180. */
function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(cell => quoted(neutralised(cell ?? ''))).join(',')}\r\n`;
}

/** Spreadsheets take a cell that begins like this for a formula; behind an apostrophe it is text. */
function neutralised(cell: string): string {
  return /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
