import { BigQueryError, type OptionValue } from '../model';
import type { Expression, OptionList } from './ast';
import type { QueryParameter, QueryParameterType, QueryParameterValue } from './parameters';
import { errorAt } from './parse/tokens';

/** Where constants are looked for. */
export interface ConstantContext {
  sql: string;
  parameters: QueryParameter[];
}

function plain(text: string, type: string): OptionValue {
  if (/^(INT64|FLOAT64|NUMERIC|BIGNUMERIC)$/.test(type)) return Number(text);
  return type === 'BOOL' ? text.toLowerCase() === 'true' : text;
}

function valueOfParameter(type: QueryParameterType, value: QueryParameterValue | undefined): OptionValue {
  if (type.type === 'ARRAY') {
    return (value?.arrayValues ?? []).map(item => valueOfParameter(type.arrayType as QueryParameterType, item));
  }
  if (type.type === 'STRUCT') {
    const entries = (type.structTypes ?? []).map(field => [
      field.name ?? '',
      valueOfParameter(field.type, value?.structValues?.[field.name ?? '']),
    ]);
    return Object.fromEntries(entries) as OptionValue;
  }
  return value?.value === undefined || value.value === null ? null : plain(String(value.value), type.type);
}

/** The parameter of an expression. @throws BigQueryError when it is not given */
export function findParameter(
  context: ConstantContext,
  expression: Extract<Expression, { node: 'parameter' }>,
): QueryParameter {
  const { name, position, at } = expression;
  const found = name
    ? context.parameters.find(parameter => parameter.name?.toLowerCase() === name.toLowerCase())
    : context.parameters.filter(parameter => !parameter.name)[position - 1];
  if (found) return found;
  if (name) throw errorAt(context.sql, at, `Query parameter '${name}' not found`);
  throw errorAt(
    context.sql,
    at,
    `Query parameter number ${position} is not defined (${context.parameters.length} provided)`,
  );
}

/** The value of an expression of literals and parameters, otherwise undefined. */
export function tryConstant(context: ConstantContext, expression: Expression): OptionValue | undefined {
  switch (expression.node) {
    case 'literal':
      return typeof expression.value === 'boolean' ? expression.value : plain(expression.value, expression.type.name);
    case 'null':
      return null;
    case 'parameter': {
      const { parameterType, parameterValue } = findParameter(context, expression);
      return valueOfParameter(parameterType, parameterValue);
    }
    case 'array': {
      const items = expression.items.map(item => tryConstant(context, item));
      return items.includes(undefined) ? undefined : (items as OptionValue[]);
    }
    case 'struct': {
      const entries = expression.fields.map(({ name, value }, index) => [
        name ?? String(index),
        tryConstant(context, value),
      ]);
      if (entries.some(([, value]) => value === undefined)) return undefined;
      return Object.fromEntries(entries) as OptionValue;
    }
    default:
      return undefined;
  }
}

/** @throws BigQueryError invalidQuery when the expression is not of literals and parameters alone */
function constantOf(context: ConstantContext, expression: Expression, what: string): OptionValue {
  const value = tryConstant(context, expression);
  if (value === undefined)
    throw errorAt(context.sql, expression.at, `The homelab takes only literals and query parameters in ${what}`);
  return value;
}

/** Constants of an OPTIONS list. @throws BigQueryError invalidQuery */
export function optionsOf(context: ConstantContext, options: OptionList): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, constantOf(context, value, 'OPTIONS')]),
  );
}

/** Settings of an ML function, by names in lower case. @throws BigQueryError invalidQuery */
export function settingsOf(context: ConstantContext, settings: Expression | undefined): Record<string, OptionValue> {
  if (!settings) return {};
  const value = constantOf(context, settings, 'the settings of an ML function');
  if (settings.node !== 'struct') {
    throw new BigQueryError('Settings of ML functions must be a STRUCT', { reason: 'invalidQuery', location: 'query' });
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name.toLowerCase(), item as OptionValue]),
  );
}
