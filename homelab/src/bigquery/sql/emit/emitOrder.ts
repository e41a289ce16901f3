import type { OrderItem } from '../ast';
import type { Compilation } from './Compilation';
import { emitExpression } from './emitExpression';
import { isOpen, sameName, type Column, type OpenColumns, type Scope } from './Scope';
import { quoteName } from '../names';
import { typeText } from '../types';

/** NULL is smaller than everything, other than in DuckDB. */
function direction({ isDescending, nulls }: OrderItem): string {
  return `${isDescending ? 'DESC' : 'ASC'} NULLS ${nulls ?? (isDescending ? 'LAST' : 'FIRST')}`;
}

/** An item of ORDER BY. @throws BigQueryError invalidQuery */
export function emitOrderItem(compilation: Compilation, scope: Scope, item: OrderItem): string {
  const { sql, type } = emitExpression(compilation, scope, item.expression);
  if (type && ['ARRAY', 'STRUCT', 'JSON'].includes(type.name)) {
    throw compilation.error(item.at, `ORDER BY does not support expressions of type ${typeText(type)}`);
  }
  return `${sql} ${direction(item)}`;
}

/** ORDER BY of a query, where numbers and names of the result can be used. */
export function emitOrderBy(
  compilation: Compilation,
  scope: Scope,
  { items, columns }: { items: OrderItem[]; columns: (Column | OpenColumns)[] },
): string {
  const emitted = items.map(item => {
    const { expression } = item;
    if (expression.node === 'literal' && expression.type.name === 'INT64') {
      const position = Number(expression.value);
      if (position < 1 || (position > columns.length && !columns.some(isOpen))) {
        throw compilation.error(item.at, `ORDER BY is out of SELECT column number range: ${position}`);
      }
      return `${position} ${direction(item)}`;
    }
    if (expression.node === 'path' && expression.names.length === 1) {
      const [name] = expression.names;
      const found = columns.filter(column => !isOpen(column) && sameName(column.name, name));
      if (found.length === 1) {
        emitOrderItem(compilation, { ...scope, aliases: found as Column[], isAliasFirst: true }, item); // checks the type
        return `${quoteName((found[0] as Column).name)} ${direction(item)}`;
      }
    }
    return emitOrderItem(compilation, scope, item);
  });
  return ` ORDER BY ${emitted.join(', ')}`;
}
