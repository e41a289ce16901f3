import { arrayOf, scalarType, type SqlType } from '../types';
import { errorAt } from './tokens';
import type { TokenReader } from './TokenReader';

/** The closing `>` of nested types may come as one token. */
function close(reader: TokenReader, pending: { count: number }): void {
  if (pending.count > 0) {
    pending.count -= 1;
  } else if (reader.accept('>>')) {
    pending.count += 1;
  } else {
    reader.expect('>');
  }
}

function readField(reader: TokenReader, pending: { count: number }): { name: string; type: SqlType } {
  const isNamed = reader.isName() && (reader.isName(1) || reader.is('ARRAY', 1) || reader.is('STRUCT', 1));
  const name = isNamed ? reader.identifier() : '';
  return { name, type: readType(reader, pending) };
}

function readArguments(reader: TokenReader, kind: 'ARRAY' | 'STRUCT', pending: { count: number }): SqlType {
  reader.expect('<');
  const type: SqlType =
    kind === 'ARRAY'
      ? arrayOf(readType(reader, pending))
      : { name: 'STRUCT', fields: reader.list(() => readField(reader, pending)) };
  close(reader, pending);
  return type;
}

function readType(reader: TokenReader, pending: { count: number }): SqlType {
  const { at } = reader;
  for (const kind of ['ARRAY', 'STRUCT'] as const) if (reader.accept(kind)) return readArguments(reader, kind, pending);
  if (reader.is('INTERVAL') || reader.is('RANGE')) throw reader.refused(`the type ${reader.peek().text.toUpperCase()}`);
  const name = reader.identifier();
  const type = scalarType(name);
  if (!type && /^GEOGRAPHY$/i.test(name)) throw reader.refused('the type GEOGRAPHY', at);
  if (!type) throw errorAt(reader.sql, at, `Type not found: ${name}`);
  if (reader.is('(')) throw reader.refused('parameterized types');
  return type;
}

/** Reads a type. @throws BigQueryError for one that there is not, or that is not modelled */
export function parseType(reader: TokenReader): SqlType {
  return readType(reader, { count: 0 });
}

/** Reads `<…>` of an ARRAY or a STRUCT. */
export function parseTypeArguments(reader: TokenReader, kind: 'ARRAY' | 'STRUCT'): SqlType {
  return readArguments(reader, kind, { count: 0 });
}
