import type { OrderItem } from '../ast';
import type { Compilation } from './Compilation';
import { emitExpression } from './emitExpression';
import { isFloat, orderKey, refuseNaN } from './floats';
import { isOpen, sameName, type Column, type OpenColumns, type Scope } from './Scope';
import { quoteName } from '../names';
import { typeText } from '../types';

/** An item of ORDER BY; where it has to be a single key, NaN is refused. @throws BigQueryError invalidQuery */
export function emitOrderItem(
  compilation: Compilation,
  scope: Scope,
  item: OrderItem & { isSingle?: boolean },
): string {
  const key = emitExpression(compilation, scope, item.expression);
  const { sql, type } = key;
  if (type && ['ARRAY', 'STRUCT', 'JSON'].includes(type.name)) {
    throw compilation.error(item.at, `ORDER BY does not support expressions of type ${typeText(type)}`);
  }
  return item.isSingle && isFloat(type)
    ? orderKey({ sql: refuseNaN(sql), type: undefined }, item)
    : orderKey(key, item);
}

/** ORDER BY of a query, where numbers and names of the result can be used. */
export function emitOrderBy(
  compilation: Compilation,
  scope: Scope,
  { items, columns }: { items: OrderItem[]; columns: (Column | OpenColumns)[] },
): string {
  const keyOf = (column: Column | OpenColumns | undefined, item: OrderItem, sql: string): string =>
    column && !isOpen(column)
      ? orderKey({ sql, type: column.type }, item, column.sql)
      : orderKey({ sql, type: undefined }, item);
  const emitted = items.map(item => {
    const { expression } = item;
    if (expression.node === 'literal' && expression.type.name === 'INT64') {
      const position = Number(expression.value);
      if (position < 1 || (position > columns.length && !columns.some(isOpen))) {
        throw compilation.error(item.at, `ORDER BY is out of SELECT column number range: ${position}`);
      }
      return keyOf(columns.some(isOpen) ? undefined : columns[position - 1], item, String(position));
    }
    if (expression.node === 'path' && expression.names.length === 1) {
      const [name] = expression.names;
      const found = columns.filter(column => !isOpen(column) && sameName(column.name, name));
      if (found.length === 1) {
        emitOrderItem(compilation, { ...scope, aliases: found as Column[], isAliasFirst: true }, item); // checks the type
        return keyOf(found[0], item, quoteName((found[0] as Column).name));
      }
    }
    return emitOrderItem(compilation, scope, item);
  });
  return ` ORDER BY ${emitted.join(', ')}`;
}
