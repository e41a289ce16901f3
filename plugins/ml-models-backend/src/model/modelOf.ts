import { formatModelRef, parseModelRef } from '@leitstand/plugin-ml-models-common';
import { maskSql } from './maskSql';

/** A quoted name, or `MODEL a.b.c`, the path quoted as a whole, in parts or not at all. */
const modelPattern =
  /`[^`]*`|\bMODEL\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?((?:`[^`]+`|[\w-]+)(?:\s*\.\s*(?:`[^`]+`|[\w-]+))*)/gi;

/**
 * The first model that a query names, in its code and not in a comment or a text; `MODEL` as the name of a column or a table
 * is passed over.
 *
 * @param project - of a model that is named without one
 * @returns undefined where it names none that the portal can name
 */
export function modelOf(sql: string | undefined, project: string): string | undefined {
  for (const [, path] of maskSql(sql ?? '', 'names').matchAll(modelPattern)) {
    const parts = path?.replace(/[`\s]/g, '').split('.') ?? [];
    if (parts.length < 2) continue;
    try {
      return formatModelRef(parseModelRef([...(parts.length === 2 ? [project] : []), ...parts].join('.')));
    } catch {
      return undefined; // a name that needs escaping
    }
  }
  return undefined;
}
