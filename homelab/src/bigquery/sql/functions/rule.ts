// How the tables of functions say what a function takes, gives, and is in DuckDB.
import { arrayOf, commonType, duckDbType, scalarType, type SqlType } from '../types';
import { coerce } from '../emit/cast';
import type { Compilation } from '../emit/Compilation';
import type { Emitted } from '../emit/Scope';

/** What a rule knows of a call. `args` are already of the types of the signature. */
export interface RuleCall {
  compilation: Compilation;
  at: number;
  args: Emitted[];
  /** The type of the result, where the signature says it. */
  type: SqlType | undefined;
}

/** DuckDB's SQL with `$1`, `$2` … for the arguments (and `$*` for all of them), or a function that writes it. */
export type Template = string | ((call: RuleCall) => string);

/**
 * A signature such as `STRING INT64 -> STRING`, and what it is in DuckDB. A parameter is a type, several with `|`, `NUM` for
 * each type of number as it is, `ANY`, `T` for values of one common type (`T[]` for an array of it), `PART` or `INTERVAL`; `...`
 * repeats the last. A result is a type, `T`, `T[]`, or `$1` for the type of an argument.
 */
export type Overload = readonly [signature: string, template: Template];

/** Functions by their names. */
export type RuleTable = Record<string, Overload | readonly Overload[]>;

const families: Record<string, string[]> = {
  NUM: ['INT64', 'NUMERIC', 'BIGNUMERIC', 'FLOAT64'],
  DEC: ['NUMERIC', 'BIGNUMERIC'],
};

const temporal = ['DATE', 'DATETIME', 'TIMESTAMP', 'TIME'];

/** One argument for one parameter; undefined where it does not fit. Without `compilation` it must fit as it is. */
function fit(compilation: Compilation | undefined, parameter: string, arg: Emitted): Emitted | undefined {
  const kind = arg.type?.name;
  if (kind === 'PART' || kind === 'INTERVAL') return parameter === kind ? arg : undefined;
  if (parameter === 'PART' || parameter === 'INTERVAL') return undefined;
  if (parameter === 'ANY' || parameter === 'T') return arg;
  if (parameter.endsWith('[]')) {
    if (kind && kind !== 'ARRAY') return undefined;
    const element = parameter.slice(0, -2);
    return element === 'T' || element === 'ANY' || !arg.type?.element || arg.type.element.name === element
      ? arg
      : undefined;
  }
  const names = parameter.split('|').flatMap(name => families[name] ?? [name]);
  const first = scalarType(names[0]);
  if (arg.sql === 'NULL' && first) return { ...arg, type: first, sql: `CAST(NULL AS ${duckDbType(first)})` };
  // What DuckDB does with a date depends on its type, which columns of ML functions do not tell.
  if (!kind && temporal.includes(names[0])) return undefined;
  if (!kind || names.includes(kind)) return arg;
  for (const name of compilation ? names : []) {
    const coerced = compilation && scalarType(name) && coerce(compilation, arg, scalarType(name));
    if (coerced) return coerced;
  }
  return undefined;
}

function resultType(result: string, args: Emitted[], common: SqlType | undefined): SqlType | undefined {
  if (result === 'T') return common;
  if (result === 'T[]') return arrayOf(common);
  if (result.startsWith('$')) return args[Number(result.slice(1)) - 1]?.type;
  return result.endsWith('[]') ? arrayOf(scalarType(result.slice(0, -2))) : scalarType(result);
}

/** The common type of all arguments for `T`. */
function commonOf(parameters: string[], args: Emitted[]): SqlType | undefined | 'none' {
  let common: SqlType | undefined;
  const typed = args.flatMap((arg, index) => {
    const type = parameters[index] === 'T' ? arg.type : parameters[index] === 'T[]' ? arg.type?.element : undefined;
    return type ? [{ type, isText: arg.isConstant === true && type.name === 'STRING' }] : [];
  });
  const leading = typed.filter(({ isText }) => !isText);
  for (const { type } of leading.length > 0 ? leading : typed) {
    const next = commonType(common, type);
    if (next === 'none') return 'none';
    common = next;
  }
  return common;
}

/** A signature with the arguments that fit it. */
export interface Match {
  args: Emitted[];
  type: SqlType | undefined;
}

/** Does a call fit a signature, as it is or (where `isExact` is false) with some arguments as other types? */
export function matchSignature(
  compilation: Compilation,
  signature: string,
  { given, isExact }: { given: Emitted[]; isExact: boolean },
): Match | undefined {
  const [left, result] = signature.split('->').map(side => side.trim());
  const parameters = left ? left.split(/\s+/) : [];
  const last = parameters[parameters.length - 1];
  if (last?.endsWith('...')) {
    parameters[parameters.length - 1] = last.slice(0, -3);
    while (parameters.length < given.length) parameters.push(last.slice(0, -3));
  }
  if (parameters.length !== given.length) return undefined;
  const args = given.map((arg, index) => fit(isExact ? undefined : compilation, parameters[index], arg));
  if (args.includes(undefined)) return undefined;
  const common = commonOf(parameters, args as Emitted[]);
  if (common === 'none') return undefined;
  const final = (args as Emitted[]).map((arg, index) =>
    parameters[index] === 'T' ? coerce(compilation, arg, common) : arg,
  );
  if (final.includes(undefined)) return undefined;
  return { args: final as Emitted[], type: resultType(result, final as Emitted[], common) };
}

/** Writes the call that a rule describes. */
export function applyTemplate(template: Template, call: RuleCall): string {
  if (typeof template !== 'string') return template(call);
  const all = call.args.map(({ sql }) => sql);
  return template.replace(/\$(\d|\*)/g, (_, index: string) =>
    index === '*' ? all.join(', ') : all[Number(index) - 1],
  );
}

/** Tables have a single overload without its list. */
export function overloadsOf(entry: RuleTable[string]): readonly Overload[] {
  return typeof entry[0] === 'string' ? [entry as Overload] : (entry as readonly Overload[]);
}
