/** GoogleSQL over DuckDB. What cannot be said in DuckDB's SQL with the same meaning is refused. */
import type { CompiledStatement } from '../model';
import type { CompileContext } from './emit/Compilation';
import { compileStatement } from './emit/emitStatement';
import { parseStatements } from './parse/parseStatement';

export { duckDbName, informationSchemaName, type InformationSchemaView } from './names';
export { toDuckDbValues, type QueryParameter, type QueryParameterType, type QueryParameterValue } from './parameters';
export type { CompileContext } from './emit/Compilation';

/**
 * Compiles statements, of which several have semicolons between them.
 *
 * @throws BigQueryError `invalidQuery` with the position as `[line:column]`, or `notFound` for a table that there is not
 */
export function compileStatements(sql: string, context: CompileContext): CompiledStatement[] {
  return parseStatements(sql).map(statement => compileStatement(sql, statement, context));
}
