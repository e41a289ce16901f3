// Stands in for the compiler until it is there: just enough for the seed to be made.
import type { DuckDBValue } from '@duckdb/node-api';
import { BigQueryError, type CompiledStatement, type DatasetName, type Field, type MlCall, type ResourceName } from '../model';
export * from './names';
import { duckDbName } from './names';
export interface QueryParameter { name?: string; parameterType: object; parameterValue: { value?: string } }
export function toDuckDbValues(p: QueryParameter[]): Record<string, DuckDBValue> | DuckDBValue[] { return Object.fromEntries(p.map((x, i) => [x.name ?? String(i + 1), BigInt(x.parameterValue.value ?? 0)])); }
export function compileStatements(sql: string, _context: { defaultProject: string; defaultDataset?: DatasetName; parameters: QueryParameter[]; parameterMode: 'NAMED'|'POSITIONAL'|undefined; schemaOf(table: ResourceName): Field[] | undefined; modelExists?(model: ResourceName): boolean }): CompiledStatement[] {
  const name = (text: string): ResourceName => { const [project, dataset, n] = text.replace(/`/g, '').split('.'); return { project, dataset, name: n }; };
  const tables: ResourceName[] = [];
  const duck = (s: string) => s.replace(/`([^`]+)`/g, (_, t: string) => { tables.push(name(t)); return duckDbName(name(t)); }).replace(/@(\w+)/g, '$$$1');
  const model = /CREATE OR REPLACE MODEL (`[^`]+`)\s+OPTIONS\(([\s\S]*?)\)\s*AS\s+(SELECT[\s\S]*)/.exec(sql);
  if (model) { const options = Object.fromEntries([...model[2].matchAll(/(\w+)=("[^"]*"|\[[^\]]*\]|TRUE|[\d.]+)/g)].map(([, k, v]) => [k, JSON.parse(v.toLowerCase())]));
    return [{ kind: 'create-model', statementType: 'CREATE_MODEL', model: name(model[1]), mode: 'replace', options, query: { duckdb: duck(model[3].replace(/AS STRING/, 'AS VARCHAR')), tables, mlCalls: [] } }]; }
  const mlCalls: MlCall[] = [];
  const text = sql.replace(/ML\.(\w+)\(MODEL (`[^`]+`)(?:,\s*\(([\s\S]*)\))?\)/g, (_, f, m, q) => { const ts: ResourceName[] = []; const input = q && { duckdb: (q as string).replace(/`([^`]+)`/g, (_x, t: string) => { ts.push(name(t)); return duckDbName(name(t)); }).replace(/@(\w+)/g, '$$$1'), tables: ts, mlCalls: [] }; mlCalls.push({ placeholder: 'ml_1', function: f, model: name(m), input, settings: {} }); return 'ml_1'; });
  if (!/^\s*(SELECT|WITH)/i.test(text)) throw new BigQueryError('Syntax error', { reason: 'invalidQuery' });
  return [{ kind: 'query', statementType: 'SELECT', query: { duckdb: duck(text), tables, mlCalls } }];
}
